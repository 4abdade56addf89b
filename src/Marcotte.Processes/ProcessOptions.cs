using Marcotte.Core;

namespace Marcotte.Processes;

/// <summary>What a host says about a box's processes. How many there can be, and of what, is for <see cref="Limits"/> to say.</summary>
public sealed class ProcessOptions : LayerOptions
{
    private readonly List<(string Path, Program Program)> _programs = [];
    private bool _shieldsFirst = true;
    private int _maxProcesses = int.MaxValue;

    /// <summary>Has a box fewer processes at once than <see cref="Limits.Processes"/> lets it have (EAGAIN).</summary>
    /// <param name="count">How many; above zero.</param>
    /// <returns>These options.</returns>
    public ProcessOptions MaxProcesses(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        _maxProcesses = count;
        return this;
    }

    /// <summary>Places a program of the host's in the tree of each box, which any process there may then run.</summary>
    /// <param name="path">Where, from the root; directories on the way are made.</param>
    /// <param name="program">The program.</param>
    /// <returns>These options.</returns>
    public ProcessOptions Program(string path, Program program)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(program);
        if (path[0] != '/' || path[^1] == '/')
        {
            throw new ArgumentException($"\"{path}\" is no path of a program; give one from the root, such as /bin/hello.", nameof(path));
        }

        _programs.Add((path, program));
        return this;
    }

    /// <summary>Places a program written in C# in the tree of each box.</summary>
    /// <param name="path">Where, from the root; directories on the way are made.</param>
    /// <param name="main">What it does; answers the exit code.</param>
    /// <returns>These options.</returns>
    public ProcessOptions Program(string path, Func<HostContext, int> main)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(main);
        return Program(path, new HostProgram(path[(path.LastIndexOf('/') + 1)..], main));
    }

    /// <summary>
    /// Whether other processes of the box do to its first one only what it has a handler for, as Linux has it of init; not even SIGKILL
    /// then ends it from inside. True when not said. What it does to itself, terminals, timers and the host count in any case.
    /// </summary>
    /// <param name="shields">Whether they do.</param>
    /// <returns>These options.</returns>
    public ProcessOptions ShieldFirstProcess(bool shields = true)
    {
        _shieldsFirst = shields;
        return this;
    }

    /// <inheritdoc/>
    public override Layer Build(Limits limits) => new ProcessLayer(new ProcessPlan(_shieldsFirst, _maxProcesses, [.. _programs]));
}
