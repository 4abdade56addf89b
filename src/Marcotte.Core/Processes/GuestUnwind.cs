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

/// <summary>The host ended the guest while it waited.</summary>
/// <param name="reason">Why.</param>
public sealed class GuestKilledException(KillReason reason) : GuestUnwindException($"The guest was ended by its host: {reason}.")
{
    /// <summary>Why.</summary>
    public KillReason Reason => reason;
}

/// <summary>A policy ended the guest for a call that it does not allow.</summary>
/// <param name="syscall">The call, which was not made.</param>
public sealed class CallDeniedException(Syscall syscall)
    : GuestUnwindException($"The guest was ended by its policy, which denies {syscall.Module}.{syscall.Name}.")
{
    /// <summary>The call, which was not made.</summary>
    public Syscall Syscall => syscall;
}
