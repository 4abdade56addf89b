using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>Gives each box a tree of files of its own.</summary>
public sealed class VfsLayer : Layer
{
    private readonly VfsPlan _plan;

    internal VfsLayer(VfsPlan plan) => _plan = plan;

    /// <inheritdoc/>
    public override string Name => "vfs";

    /// <inheritdoc/>
    public override int ContractVersion => CoreContract.Version;

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Provides { get; } = [typeof(FileNamespace), typeof(PathPolicy)];

    /// <inheritdoc/>
    public override void Attach(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        Namespace files = new(kernel, _plan.Mount);
        kernel.Files = files;
        kernel.Own(files);
    }

    /// <summary>Makes the box's mounts, and lets the process start at the top.</summary>
    /// <param name="process">The process.</param>
    /// <exception cref="ArgumentException">A mount point cannot be made, or what was put into a mount passes a limit.</exception>
    public override void Start(Process process)
    {
        ArgumentNullException.ThrowIfNull(process);
        if (process.Kernel.Files is Namespace files)
        {
            files.Enter(process);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _plan.Dispose();
        }

        base.Dispose(disposing);
    }
}
