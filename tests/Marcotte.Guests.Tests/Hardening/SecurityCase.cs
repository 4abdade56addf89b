namespace Marcotte.Guests.Tests;

/// <summary>What a class of attack is about, which says where it has to be tried.</summary>
internal enum SecurityScope
{
    /// <summary>Trees of files that can be written to and that cannot: every kind of mount.</summary>
    EveryMount,

    /// <summary>Trees that can be written to: every kind of mount but archives.</summary>
    WritableMounts,

    /// <summary>The ABI, the box or the engine, whatever is mounted.</summary>
    Box,

    /// <summary>The host's own calls; no guest reaches it.</summary>
    Host,

    /// <summary>What cannot be shown here, or is not there yet.</summary>
    Absent,
}

/// <summary>One class of attack that has succeeded elsewhere.</summary>
/// <param name="Class">Its name.</param>
/// <param name="Scope">Where it has to be tried.</param>
/// <param name="Note">Why it is tried in fewer places, or nowhere.</param>
internal sealed record SecurityCase(string Class, SecurityScope Scope, string Note = "")
{
    /// <summary>Begins the category of a test of this class.</summary>
    internal const string Prefix = "security: ";

    /// <summary>All classes; each has at least one test of the category <c>security: CLASS</c>, or a guest whose header names it.</summary>
    internal static IReadOnlyList<SecurityCase> All { get; } =
    [
        new("trailing slash", SecurityScope.EveryMount),
        new("truncate as write", SecurityScope.EveryMount),
        new("link across rights", SecurityScope.EveryMount),
        new("renumber", SecurityScope.EveryMount),
        new("guest-sized allocation", SecurityScope.EveryMount),
        new("pointer arithmetic", SecurityScope.EveryMount),
        new("create through a link", SecurityScope.EveryMount),
        new("absolute and relative links", SecurityScope.EveryMount),
        new("ambient mounts", SecurityScope.EveryMount),
        new("device names", SecurityScope.WritableMounts, "An archive is read into inodes whatever its names; none is opened on the host. Windows's own rules are tested on every system, its drivers on Windows alone."),
        new("open rule", SecurityScope.Host, "Rules on calls and paths; rules on addresses come with sockets."),
        new("resolved after check", SecurityScope.Absent, "There are no sockets yet, and so no addresses to check."),
        new("check on raw path", SecurityScope.EveryMount),
        new("rename race", SecurityScope.WritableMounts, "Nothing in an archive can be swapped."),
        new("removed directory", SecurityScope.WritableMounts, "Nothing in an archive can be removed; what it answers is tried."),
        new("archives", SecurityScope.Host, "A guest cannot mount; what is malformed is refused at Build."),
        new("extreme times", SecurityScope.EveryMount),
        new("write buffering", SecurityScope.Box, "Streams and quotas; what is written to a directory of the host goes there at once, until its disk is full."),
        new("use after free", SecurityScope.Host),
        new("dead descriptors", SecurityScope.Host, "Preview 1 has no threads, so what races are threads of the host on one process's descriptors."),
        new("Windows CET", SecurityScope.Absent, "The engine is configured without hardware traps on Windows alone; only a Windows host with CET on shows that it holds."),
        new("set-id programs", SecurityScope.Box, "On trees in memory and what a mount allows; a guest gives no file of the host such bits."),
        new("exec through links", SecurityScope.Box),
        new("reopened descriptors", SecurityScope.Box),
        new("processes of others", SecurityScope.Box),
        new("signals across boxes", SecurityScope.Box),
        new("locks of the dead", SecurityScope.Box),
        new("fork bombs", SecurityScope.Box),
        new("limits", SecurityScope.WritableMounts, "Limits on what is made; an archive makes nothing, its own bounds are tested at Build."),
    ];

    /// <summary>Guests whose header names it.</summary>
    internal IEnumerable<GuestCase> Guests => GuestCases.All.Where(guest => guest.Classes.Contains(Class));

    /// <summary>Tests in C# that name it.</summary>
    internal IEnumerable<string> Tests => TaggedTests.Of(Prefix + Class);

    public override string ToString() => Class;
}
