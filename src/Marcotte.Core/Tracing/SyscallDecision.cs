namespace Marcotte.Core;

/// <summary>What an observer says of a call that is about to be made. The default is <see cref="Allow"/>.</summary>
public readonly struct SyscallDecision
{
    private readonly Traits _traits;

    private SyscallDecision(Traits traits, Errno errno, object? mark)
    {
        _traits = traits;
        Errno = errno;
        Mark = mark;
    }

    [Flags]
    private enum Traits : byte
    {
        None = 0,
        Observed = 1,
        Measured = 2,
        Refused = 4,
        Killed = 8,
    }

    /// <summary>It is made, and the observer need not be told when it has completed.</summary>
    public static SyscallDecision Allow => default;

    /// <summary>It is made, and the observer is told when it has completed; how long it took is not measured.</summary>
    public static SyscallDecision Observe => new(Traits.Observed, Errno.Success, null);

    /// <summary>It is made, and the observer is told when it has completed and how long it took.</summary>
    public static SyscallDecision Measure => new(Traits.Observed | Traits.Measured, Errno.Success, null);

    /// <summary>Whether <see cref="SyscallObserver.Completed"/> is wanted.</summary>
    public bool IsObserved => (_traits & Traits.Observed) != 0;

    /// <summary>Whether <see cref="SyscallEvent.Elapsed"/> is wanted.</summary>
    public bool IsMeasured => (_traits & Traits.Measured) != 0;

    /// <summary>Whether the call is not made.</summary>
    public bool IsRefused => (_traits & Traits.Refused) != 0;

    /// <summary>Whether the guest ends instead.</summary>
    public bool IsKill => (_traits & Traits.Killed) != 0;

    /// <summary>What a call that is not made answers.</summary>
    public Errno Errno { get; }

    /// <summary>Comes back as <see cref="SyscallEvent.Mark"/>.</summary>
    public object? Mark { get; }

    /// <summary>It is not made and answers an errno; a call that answers none ends the guest. The observer is told.</summary>
    /// <param name="errno">The errno.</param>
    /// <param name="mark">Comes back as <see cref="SyscallEvent.Mark"/>.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentException">The errno is success, which would tell the guest that the call was made.</exception>
    public static SyscallDecision Deny(Errno errno, object? mark = null) => errno != Errno.Success
        ? new(Traits.Observed | Traits.Refused, errno, mark)
        : throw new ArgumentException("A denied call cannot answer success; name an error, such as Errno.Perm.", nameof(errno));

    /// <summary>It is not made, and the guest ends. The observer is told.</summary>
    /// <param name="mark">Comes back as <see cref="SyscallEvent.Mark"/>.</param>
    /// <returns>The decision.</returns>
    public static SyscallDecision Kill(object? mark = null) => new(Traits.Observed | Traits.Refused | Traits.Killed, Errno.Perm, mark);

    /// <summary>The same decision with another mark.</summary>
    /// <param name="mark">Comes back as <see cref="SyscallEvent.Mark"/>.</param>
    /// <returns>The decision.</returns>
    public SyscallDecision WithMark(object? mark) => new(_traits, Errno, mark);

    /// <summary>The same decision, of which the observer need not be told.</summary>
    internal SyscallDecision Quietly() => new(_traits & ~(Traits.Observed | Traits.Measured), Errno, null);

    /// <summary>What two observers say together: the stricter counts, of two refusals alike the first, and who wants to be told is told.</summary>
    internal SyscallDecision And(SyscallDecision other)
    {
        Traits told = (_traits | other._traits) & (Traits.Observed | Traits.Measured);
        SyscallDecision stricter = other.Strictness > Strictness ? other : this;
        return new(stricter._traits | told, stricter.Errno, null);
    }

    private int Strictness => IsKill ? 2 : IsRefused ? 1 : 0;
}
