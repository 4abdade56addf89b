using Marcotte.Core;

namespace Marcotte.Vfs.Proc;

/// <summary>
/// The processes of a box as files (proc(5)): self, thread-self and a directory for each process, and what the box as a whole says
/// of itself. Nothing can be made or removed in it. In a box without a process layer, its one process is there.
/// </summary>
/// <remarks>
/// <para>
/// What a file says is made when it is opened, whole, and is that of this moment. environ, fd, cwd, exe and root of a process are
/// for its own user and for user 0.
/// </para>
/// <para>
/// A number under fd reads as the path by which its file was opened, as far as that still leads there. Opening it opens a regular file of
/// a tree anew, with an offset and an access mode of its own, as Linux does; of what has no name, such as a pipe, it shares the
/// open file, as /dev/fd does. So does it for a file of the host's that was removed or renamed meanwhile.
/// thread-self is the process's first thread.
/// </para>
/// </remarks>
public sealed class ProcFileSystem : FileSystem
{
    private readonly Kernel _kernel;
    private readonly ProcRoot _root;

    /// <summary>Makes the files of a box's processes.</summary>
    /// <param name="kernel">The box.</param>
    public ProcFileSystem(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        _kernel = kernel;
        _root = new ProcRoot(this, null);
    }

    /// <inheritdoc/>
    public override Inode Root => _root;

    /// <inheritdoc/>
    public override bool IsReadOnly => true;

    internal Kernel Kernel => _kernel;

    /// <summary>All processes, by number.</summary>
    /// <param name="viewer">Who looks; the one process of a box without a process layer.</param>
    internal IReadOnlyList<ProcessStat> List(Process? viewer)
    {
        IReadOnlyList<ProcessStat> processes = _kernel.Processes.List();
        return processes.Count > 0 || viewer is null ? processes : [Alone(viewer)];
    }

    /// <summary>A process as it is now; null when it has ended and was waited for.</summary>
    internal ProcessStat? Find(Process? viewer, int id)
    {
        foreach (ProcessStat stat in List(viewer))
        {
            if (stat.Id == id)
            {
                return stat;
            }
        }

        return null;
    }

    private static ProcessStat Alone(Process process) => new(process.Id, 0, process.Id, process.Id, 'R', process, process.Usage());
}
