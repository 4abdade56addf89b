namespace Marcotte.Core;

/// <summary>
/// Sees host calls as they are made and as they complete, and may refuse them. Calls of several threads come at the same time.
/// </summary>
public abstract class SyscallObserver
{
    /// <summary>A call is about to be made. What is thrown here ends the guest.</summary>
    /// <param name="call">The call; nothing of it may be kept.</param>
    /// <returns>Whether it is made, and whether <see cref="Completed"/> is wanted: by default it is made, told of and measured.</returns>
    public virtual SyscallDecision Entering(in SyscallEntry call) => SyscallDecision.Measure;

    /// <summary>
    /// A call has completed, or was refused. Beside other observers one is also told of calls of which it did not want to be.
    /// </summary>
    /// <param name="call">The call; nothing of it may be kept.</param>
    public abstract void Completed(in SyscallEvent call);

    /// <summary>Makes one observer of several: all are asked and told in order, and the strictest decision counts.</summary>
    /// <param name="observers">The observers; null ones are left out.</param>
    /// <returns>The one; null when there is none.</returns>
    public static SyscallObserver? Combine(params ReadOnlySpan<SyscallObserver?> observers)
    {
        List<SyscallObserver> present = [];
        foreach (SyscallObserver? observer in observers)
        {
            if (observer is not null)
            {
                present.Add(observer);
            }
        }

        return present.Count switch
        {
            0 => null,
            1 => present[0],
            _ => new ObserverChain([.. present]),
        };
    }
}

/// <summary>A host call that is about to be made.</summary>
public readonly ref struct SyscallEntry
{
    /// <summary>Which call.</summary>
    public required Syscall Syscall { get; init; }

    /// <summary>Whose.</summary>
    public required GuestThread Thread { get; init; }

    /// <summary>The WebAssembly values it is called with, floating-point ones as their bits.</summary>
    public required ReadOnlySpan<ulong> Arguments { get; init; }

    /// <summary>
    /// The guest's memory, for what the arguments point to. What lies there may change before the call reads it, when the
    /// guest has several threads: decide on nothing that is read from it.
    /// </summary>
    public required GuestMemory Memory { get; init; }
}

/// <summary>A host call that has completed, or that was refused.</summary>
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

    /// <summary>How long it took; zero when nobody wanted to know.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Whether it was not made, because an observer refused it.</summary>
    public bool IsRefused { get; init; }

    /// <summary>What the observer gave its decision as a mark.</summary>
    public object? Mark { get; init; }
}
