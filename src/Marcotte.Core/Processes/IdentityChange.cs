namespace Marcotte.Core;

/// <summary>Which of POSIX's calls changes a user or a group.</summary>
public enum IdentityChange : byte
{
    /// <summary>setuid, setgid: the first number.</summary>
    Set,

    /// <summary>setreuid, setregid: the real and the effective one.</summary>
    RealAndEffective,

    /// <summary>setresuid, setresgid: the real, the effective and the saved one.</summary>
    All,

    /// <summary>seteuid, setegid: the first number.</summary>
    Effective,
}

/// <summary>A process's user or group in its three roles, and how they may change (POSIX setuid, Linux setresuid).</summary>
/// <param name="Real">Whose process it is.</param>
/// <param name="Effective">What it may do.</param>
/// <param name="Saved">What it can be again.</param>
public readonly record struct Identity(uint Real, uint Effective, uint Saved)
{
    /// <summary>Leaves a number as it is.</summary>
    public const uint Keep = uint.MaxValue;

    /// <summary>Changes it.</summary>
    /// <param name="change">By which call.</param>
    /// <param name="privileged">Whether the process is user 0's.</param>
    /// <param name="asked">The call's numbers, in the roles that it names; <see cref="Keep"/> leaves one.</param>
    /// <param name="changed">What it becomes.</param>
    /// <returns><see cref="Errno.Perm"/>; <see cref="Errno.Inval"/> for <see cref="Keep"/> where there is nothing to keep.</returns>
    public Errno Change(IdentityChange change, bool privileged, Identity asked, out Identity changed)
    {
        changed = this;
        switch (change)
        {
            case IdentityChange.Set or IdentityChange.Effective when asked.Real == Keep:
                return Errno.Inval;
            case IdentityChange.Set:
                changed = privileged ? new Identity(asked.Real, asked.Real, asked.Real) : this with { Effective = asked.Real };
                return privileged || asked.Real == Real || asked.Real == Saved ? Errno.Success : Errno.Perm;
            case IdentityChange.Effective:
                changed = this with { Effective = asked.Real };
                return privileged || Has(asked.Real) ? Errno.Success : Errno.Perm;
            case IdentityChange.RealAndEffective:
                return ChangeTwo(privileged, asked, out changed);
            case IdentityChange.All:
                changed = new Identity(Or(asked.Real, Real), Or(asked.Effective, Effective), Or(asked.Saved, Saved));
                return privileged || (Has(changed.Real) && Has(changed.Effective) && Has(changed.Saved)) ? Errno.Success : Errno.Perm;
            default:
                return Errno.Inval;
        }
    }

    private static uint Or(uint asked, uint present) => asked == Keep ? present : asked;

    private Errno ChangeTwo(bool privileged, Identity asked, out Identity changed)
    {
        uint real = Or(asked.Real, Real);
        uint effective = Or(asked.Effective, Effective);
        bool saves = asked.Real != Keep || (asked.Effective != Keep && asked.Effective != Real);
        changed = new Identity(real, effective, saves ? effective : Saved);
        return privileged || ((real == Real || real == Effective) && Has(effective)) ? Errno.Success : Errno.Perm;
    }

    private bool Has(uint id) => id == Real || id == Effective || id == Saved;
}
