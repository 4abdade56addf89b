using System.Text;
using Marcotte.Core;
using Marcotte.Processes.Table;

namespace Marcotte.Processes;

/// <summary>Gives each box a process table of its own.</summary>
public sealed class ProcessLayer : Layer
{
    private const ushort ProgramMode = 0x1ED;
    private const ushort DirectoryMode = 0x1ED;

    private static readonly Slot<ProcessTree> Tree = new();

    private readonly ProcessPlan _plan;

    internal ProcessLayer(ProcessPlan plan) => _plan = plan;

    /// <inheritdoc/>
    public override string Name => "processes";

    /// <inheritdoc/>
    public override int ContractVersion => CoreContract.Version;

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Provides { get; } = [typeof(ProcessTable), typeof(SignalTable), typeof(AnonymousFiles)];

    /// <inheritdoc/>
    public override IReadOnlyList<Program> Programs => [.. _plan.Programs.Select(placed => placed.Program)];

    /// <summary>Where in each box's tree programs of the host's are, as UTF-8 text.</summary>
    public IReadOnlyList<string> ProgramPaths => [.. _plan.Programs.Select(placed => placed.Path)];

    /// <inheritdoc/>
    public override void Attach(Kernel kernel)
    {
        kernel.Anonymous = new AnonymousFileTable(kernel);
        ProcessTree tree = new(kernel, _plan);
        BoxProcesses processes = new(tree);
        kernel.State.Set(Tree, tree);
        kernel.Processes = processes;
        kernel.Signals = tree.Signals;
        kernel.Own(processes);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A program of the host's cannot be placed in the box's tree.</exception>
    public override void Start(Process process)
    {
        process.Kernel.State.Get(Tree)?.Adopt(process);
        foreach ((string path, Program program) in _plan.Programs)
        {
            Place(process, path, program);
        }
    }

    internal static ProcessTree? TreeOf(Kernel kernel) => kernel.State.Get(Tree);

    private static void Place(Process process, string path, Program program)
    {
        Credentials credentials = process.Credentials;
        ushort umask = process.Umask;
        try
        {
            process.Credentials = Credentials.Root;
            process.Umask = 0;
            byte[] bytes = Encoding.UTF8.GetBytes(path);
            for (int end = 1; end < bytes.Length; end++)
            {
                if (bytes[end] == (byte)'/')
                {
                    // One that is there already answers so, and one that cannot be made is told by the node below.
                    process.Kernel.Files.MakeDirectory(new PathReference(process, null, bytes.AsSpan(0, end), PathFlags.Follow), DirectoryMode);
                }
            }

            Errno errno = process.Kernel.Files.MakeNode(new PathReference(process, null, bytes, PathFlags.None), new ProgramFile(program), ProgramMode);
            if (errno != Errno.Success)
            {
                throw new InvalidOperationException($"Program {path} cannot be placed in the box: {errno}. Give a path that is free, on a file system that can be written to (UseVfs).");
            }
        }
        finally
        {
            process.Credentials = credentials;
            process.Umask = umask;
        }
    }
}

/// <summary>What a host has said of processes, sealed.</summary>
internal sealed record ProcessPlan(bool ShieldsFirst, int MaxProcesses, IReadOnlyList<(string Path, Program Program)> Programs);
