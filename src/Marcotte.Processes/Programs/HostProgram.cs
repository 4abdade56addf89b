using Marcotte.Core;

namespace Marcotte.Processes;

/// <summary>A program written for the host in C#, which runs as a process like any other: with a number, descriptors, signals, an end.</summary>
/// <remarks>
/// It runs on a host thread of its own. Its waits for the box, by <see cref="HostContext"/>, end with the process; code of its that waits
/// elsewhere or computes is asked to end by <see cref="HostContext.CancellationToken"/>, and the process ends when it returns.
/// </remarks>
/// <param name="name">What listings call it.</param>
/// <param name="main">What it does; answers the exit code, of which a parent sees eight bits.</param>
public sealed class HostProgram(string name, Func<HostContext, int> main) : Program
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override Errno Prepare(Process process, out Execution? execution)
    {
        execution = new HostExecution(process, main);
        return Errno.Success;
    }
}

/// <summary>A program of the host's failed: an exception came out of it.</summary>
/// <param name="Exception">The exception.</param>
public sealed record HostProgramFault(Exception Exception) : SignaledEnd(Signal.Abort);
