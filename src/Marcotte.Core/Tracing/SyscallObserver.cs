namespace Marcotte.Core;

/// <summary>Sees host calls as they complete. Calls of several threads come at the same time.</summary>
public abstract class SyscallObserver
{
    /// <summary>A call has completed.</summary>
    /// <param name="call">The call; nothing of it may be kept.</param>
    public abstract void Completed(in SyscallEvent call);
}

/// <summary>A host call that has completed.</summary>
public readonly ref struct SyscallEvent
{
    /// <summary>Which call.</summary>
    public required Syscall Syscall { get; init; }

    /// <summary>Whose.</summary>
    public required GuestThread Thread { get; init; }

    /// <summary>The WebAssembly values it was called with, floating-point ones as their bits.</summary>
    public required ReadOnlySpan<ulong> Arguments { get; init; }

    /// <summary>The guest's memory, for what the arguments point to.</summary>
    public required GuestMemory Memory { get; init; }

    /// <summary>What it answered, when that is an errno.</summary>
    public Errno Errno { get; init; }

    /// <summary>What it answered, when that is a number.</summary>
    public long Value { get; init; }

    /// <summary>What ended the guest within the call; null when the call returned.</summary>
    public Exception? Unwound { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }
}
