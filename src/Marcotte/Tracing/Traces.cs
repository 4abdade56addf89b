using Marcotte.Core;

namespace Marcotte;

/// <summary>Writes each host call as a line, as strace(1) does: <c>path_open(3, …, "/etc/hosts", …) = 4 &lt;12 µs&gt;</c>.</summary>
/// <param name="writer">Takes the lines; written to under a lock.</param>
public sealed class TextTrace(TextWriter writer) : SyscallObserver
{
    private readonly Lock _lock = new();

    /// <summary>Whether lines end with how long the call took, by the host's time; without it equal runs have equal traces.</summary>
    public bool Durations { get; init; } = true;

    /// <inheritdoc/>
    public override SyscallDecision Entering(in SyscallEntry call) => Durations ? SyscallDecision.Measure : SyscallDecision.Observe;

    /// <inheritdoc/>
    public override void Completed(in SyscallEvent call)
    {
        string line = SyscallFormatter.Format(in call, Durations);
        lock (_lock)
        {
            writer.WriteLine(line);
        }
    }
}

/// <summary>Hands each host call to a callback, as a value that may be kept.</summary>
/// <param name="completed">Runs on the guest's thread.</param>
public sealed class EventTrace(Action<TracedCall> completed) : SyscallObserver
{
    /// <summary>
    /// Whether it is measured how long calls take, by the host's time; without it equal runs have equal traces, and
    /// <see cref="TracedCall.Elapsed"/> is zero.
    /// </summary>
    public bool Durations { get; init; } = true;

    /// <inheritdoc/>
    public override SyscallDecision Entering(in SyscallEntry call) => Durations ? SyscallDecision.Measure : SyscallDecision.Observe;

    /// <inheritdoc/>
    public override void Completed(in SyscallEvent call) => completed(new TracedCall(
        call.Syscall,
        call.Thread.Process.Id,
        call.Thread.Id,
        call.Arguments.ToArray(),
        call.Errno,
        call.Value,
        call.Unwound,
        Durations ? call.Elapsed : TimeSpan.Zero,
        SyscallFormatter.Format(in call, Durations)));
}

/// <summary>A host call that has completed.</summary>
/// <param name="Syscall">Which.</param>
/// <param name="Process">Whose: the process's number.</param>
/// <param name="Thread">Whose: the thread's number.</param>
/// <param name="Arguments">The WebAssembly values it was called with.</param>
/// <param name="Errno">What it answered, when that is an errno.</param>
/// <param name="Value">What it answered, when that is a number.</param>
/// <param name="Unwound">What ended the guest within the call; null when it returned.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Text">The line that <see cref="TextTrace"/> writes.</param>
public sealed record TracedCall(
    Syscall Syscall,
    int Process,
    int Thread,
    IReadOnlyList<ulong> Arguments,
    Errno Errno,
    long Value,
    Exception? Unwound,
    TimeSpan Elapsed,
    string Text);
