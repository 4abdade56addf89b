using Marcotte.Core;

namespace Marcotte.Guests.Tests;

/// <summary>One limit of a box, and what a guest says and hears who comes up against it.</summary>
/// <param name="Name">The limit, as in <see cref="Limits"/>.</param>
/// <param name="Set">Makes it small.</param>
/// <param name="Before">What leads up to it and must go well.</param>
/// <param name="Beyond">What goes beyond it, again and again.</param>
/// <param name="Errno">How that ends, and what fills up to it.</param>
/// <param name="After">What must go well then.</param>
internal sealed record LimitCase(string Name, Func<Limits, Limits> Set, string[] Before, string Beyond, string Errno, string[] After)
{
    /// <summary>What fills up to the limit, and ends with the errno the first time; nothing where one step goes beyond it.</summary>
    internal string? Fill { get; init; }

    /// <summary>The limits that a guest can reach and go on from; all others have tests of the category <c>limit: NAME</c>.</summary>
    internal static IReadOnlyList<LimitCase> All { get; } =
    [
        new(nameof(Limits.Descriptors), limits => limits with { Descriptors = 16 },
            ["open /data/f rwc", "close 4"], "open /data/f r", "EMFILE", ["close 15", "open /data/f r", "read 15 0 1"]) { Fill = "again 99 open /data/f r" },
        new(nameof(Limits.PathBytes), limits => limits with { PathBytes = 64 },
            ["path 62"], "path 66", "ENAMETOOLONG", ["path 62"]),
        new(nameof(Limits.NameBytes), limits => limits with { NameBytes = 8 },
            ["mkdir /data/12345678"], "mkdir /data/123456789", "ENAMETOOLONG", ["rmdir /data/12345678"]),
        new(nameof(Limits.SymbolicLinks), limits => limits with { SymbolicLinks = 3 },
            ["open /data/f rwc", "symlink f /data/l0", "symlink l0 /data/l1", "symlink l1 /data/l2", "symlink l2 /data/l3"],
            "open /data/l3 r", "ELOOP", ["open /data/l2 r", "text /data/l2 wrong"]),
        new(nameof(Limits.Vectors), limits => limits with { Vectors = 8 },
            ["open /data/f rwc", "write 4 0 100"], "buffers 4 9", "EINVAL", ["buffers 4 8"]),
        new(nameof(Limits.Subscriptions), limits => limits with { Subscriptions = 8 },
            ["poll 8"], "poll 9", "EINVAL", ["poll 8"]),
        new(nameof(Limits.FileBytes), limits => limits with { FileBytes = 1 << 18 },
            ["open /data/f rwc"], "append 4 65536", "ENOSPC", ["resize 4 0", "write 4 0 65536", "sync 4"]) { Fill = "again 99 append 4 65536" },
        new(nameof(Limits.Inodes), limits => limits with { Inodes = 16 },
            ["open /data/f rwc"], "mkdir /data/more", "ENOSPC", ["rmdir /data/d0", "mkdir /data/other", "append 4 100"]) { Fill = "again 99 mkdir /data/d#" },
        new(nameof(Limits.HardLinks), limits => limits with { HardLinks = 4 },
            ["open /data/f rwc"], "link /data/f /data/more", "EMLINK", ["unlink /data/l0", "link /data/f /data/other"]) { Fill = "again 99 link /data/f /data/l#" },
    ];

    public override string ToString() => Name;
}
