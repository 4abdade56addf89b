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
