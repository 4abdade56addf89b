using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Which times are set, and to what (witx <c>fstflags</c>, u16 passed as i32).</summary>
[Flags]
internal enum FstFlags : uint
{
    None = 0,
    Atim = 1,
    AtimNow = 2,
    Mtim = 4,
    MtimNow = 8,
}

/// <summary>Between preview 1's way to say times and Core's.</summary>
internal static class FstFlagsMapping
{
    private const FstFlags All = FstFlags.Atim | FstFlags.AtimNow | FstFlags.Mtim | FstFlags.MtimNow;

    /// <summary>Checks what a guest says about times.</summary>
    /// <param name="flags">Which times.</param>
    /// <param name="atim">Nanoseconds since 1970; looked at with ATIM only.</param>
    /// <param name="mtim">Nanoseconds since 1970; looked at with MTIM only.</param>
    /// <param name="update">The same to Core.</param>
    /// <returns>
    /// <see cref="Errno.Inval"/> for unknown bits, for a time that is to be two things, and for one beyond the year 2262, which
    /// Core cannot hold.
    /// </returns>
    internal static Errno ToUpdate(this FstFlags flags, ulong atim, ulong mtim, out TimeUpdate update)
    {
        update = default;
        if ((flags & ~All) != 0
            || !TryPick(flags, FstFlags.Atim, FstFlags.AtimNow, atim, out long access)
            || !TryPick(flags, FstFlags.Mtim, FstFlags.MtimNow, mtim, out long modify))
        {
            return Errno.Inval;
        }

        update = new TimeUpdate(access, modify);
        return Errno.Success;
    }

    private static bool TryPick(FstFlags flags, FstFlags given, FstFlags now, ulong time, out long picked)
    {
        picked = TimeUpdate.Omit;
        if ((flags & given) == 0)
        {
            picked = (flags & now) != 0 ? TimeUpdate.Now : TimeUpdate.Omit;
            return true;
        }

        picked = (long)time;
        return (flags & now) == 0 && time <= long.MaxValue;
    }
}
