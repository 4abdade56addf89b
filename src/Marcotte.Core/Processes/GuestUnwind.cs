namespace Marcotte.Core;

/// <summary>Ends a guest from within a host call: the call's thunk turns it into a trap that unwinds the guest.</summary>
public abstract class GuestUnwindException : Exception
{
    private protected GuestUnwindException(string message)
        : base(message)
    {
    }
}

/// <summary>The guest asked to end (proc_exit).</summary>
/// <param name="code">Its exit code, all 32 bits.</param>
public sealed class ProcessExitException(uint code) : GuestUnwindException($"The guest exited with code {code}.")
{
    /// <summary>Its exit code.</summary>
    public uint Code => code;
}

/// <summary>A thread of the guest asked to end alone.</summary>
public sealed class ThreadExitException() : GuestUnwindException("The guest's thread exited.");

/// <summary>The guest goes on as another program (exec).</summary>
/// <param name="image">The program.</param>
public sealed class ImageReplacedException(ProgramImage image) : GuestUnwindException($"The guest goes on as {image.Program.Name}.")
{
    /// <summary>The program.</summary>
    public ProgramImage Image => image;
}

/// <summary>The guest goes back to a checkpoint.</summary>
public sealed class CheckpointRestoredException() : GuestUnwindException("The guest goes back to a checkpoint.");

/// <summary>The process ends, and this thread with it.</summary>
/// <param name="end">How it ends.</param>
public sealed class GuestKilledException(ProcessEnd end) : GuestUnwindException($"The guest was ended: {end}.")
{
    /// <summary>How the process ends.</summary>
    public ProcessEnd End => end;

    /// <summary>Why its host ended it; null when it was not the host.</summary>
    public KillReason? Reason => (end as KilledEnd)?.Reason;
}

/// <summary>A policy ended the guest for a call that it does not allow.</summary>
/// <param name="syscall">The call, which was not made.</param>
public sealed class CallDeniedException(Syscall syscall)
    : GuestUnwindException($"The guest was ended by its policy, which denies {syscall.Module}.{syscall.Name}.")
{
    /// <summary>The call, which was not made.</summary>
    public Syscall Syscall => syscall;
}

/// <summary>A call failed that has no way to say so to the guest, which traps.</summary>
/// <param name="message">What failed, and why.</param>
public sealed class UnansweredCallException(string message) : GuestUnwindException(message);
