namespace Marcotte.Benchmarks.Rows;

/// <summary>The rows, in the order of the table.</summary>
internal static class RowList
{
    /// <summary>The name of the row that is measured otherwise: bytes of a box that does nothing.</summary>
    public const string IdleBox = "idle_box";

    /// <summary>The same for boxes that share a tree of <see cref="ImageFiles"/> files.</summary>
    public const string IdleImageBox = "idle_box_from_image_100000";

    /// <summary>The files of the tree that boxes of an image share.</summary>
    public const int ImageFiles = 100_000;

    /// <summary>The row of look-ups in a directory that is large.</summary>
    public const string LargeLookup = "lookup_1000000";

    /// <summary>The row of a shell's pipeline, in which both sides run a script rather than <c>programs/processes.c</c>.</summary>
    public const string Pipeline = "pipeline_256mib";

    /// <summary>What <see cref="IdleBox"/> is to reach.</summary>
    public static Target IdleBoxTarget { get; } = new() { Bytes = 64 * 1024 };

    /// <summary>All rows that are loops.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        new("sched_yield", "sched_yield") { Target = new() { Floor = 1.8, Bytes = 0 } },
        new("sched_yield_policy", "sched_yield") { Configure = Policies.AllowAll, Target = new() { Bytes = 0 } },
        new("sched_yield_denied", "sched_yield_any") { Configure = Policies.DenyYield, Target = new() { Bytes = 0 } },
        new("sched_yield_traced", "sched_yield") { Configure = Policies.TraceNothing, Target = new() { Bytes = 0 } },
        new("clock_time_get", "clock_time_get") { Target = new() { Builtin = 0.4, Bytes = 0 } },
        new("random_get_16", "random_get_16"),
        new("fd_write_64_memory", "file", "fd_write_64") { Target = new() { Builtin = 0.1, Native = 0.4, Bytes = 0 } },
        new("fd_read_64_memory", "file", "fd_read_64") { Target = new() { Builtin = 0.1, Native = 0.4, Bytes = 0 } },
        new("fd_pread_4096_memory", "file", "fd_pread_4096") { Target = new() { Builtin = 0.01, Native = 0.6, Bytes = 0 } },
        new("fd_pread_4096_host", "file", "fd_pread_4096") { Storage = Storage.Host, Target = new() { Builtin = 0.05, Native = 1.5 } },
        new("tar_pread_4096", "file", "fd_pread_4096")
        {
            Storage = Storage.Archive, Target = new() { OtherRow = 2, Bytes = 0 }, HeldAgainst = "fd_pread_4096_memory",
        },
        new("path_filestat_get_depth1", "file", "path_filestat_get_depth1") { Target = Stat },
        new("path_filestat_get_depth8", "file", "path_filestat_get_depth8") { Target = Stat },
        new("path_open_close", "file", "path_open_close") { Target = new() { Builtin = 0.02, Native = 0.5 } },
        new("overlay_stat", "file", "path_filestat_get_depth1")
        {
            Storage = Storage.Overlay, Target = new() { OtherRow = 1.5, Bytes = 0 }, HeldAgainst = "path_filestat_get_depth1",
        },
        new("overlay_open_close", "file", "path_open_close")
        {
            Storage = Storage.Overlay, Target = new() { OtherRow = 1.5 }, HeldAgainst = "path_open_close",
        },
        new("fd_readdir_1000", "directory", "fd_readdir") { Entries = 1000, Pace = Pace.Slow },
        new("lookup_10", "directory", "lookup") { Entries = 10 },
        new("lookup_1000", "directory", "lookup") { Entries = 1000 },
        new(LargeLookup, "directory", "lookup") { Entries = 1_000_000, Target = new() { OtherRow = 1.5 }, HeldAgainst = "lookup_10" },
        new("box_from_template", "start") { StartsBoxes = true, Pace = Pace.Slow, Target = new() { Nanoseconds = 20_000, Native = 0.04 } },
        new("box_from_image_100000", "start")
        {
            StartsBoxes = true, Image = ImageFiles, Pace = Pace.Slow, Target = new() { OtherRow = 1.5 }, HeldAgainst = "box_from_template",
        },
        new("pipe_pingpong", "processes") { IsProgram = true, Target = new() { Native = 1 } },
        new("spawn_wait_empty", "processes") { IsProgram = true, Pace = Pace.Slow, Target = new() { Native = 0.25 } },
        new("fork_wait_1mib", "processes") { IsProgram = true, Pace = Pace.Slow, Target = new() { Native = 0.5 } },
        new(Pipeline, "shell") { IsProgram = true, Pace = Pace.Long, Target = new() { Native = 2 } },
    ];

    /// <summary>
    /// Look-ups all over the large directory: no row of the table, since what they measure is the memory behind the caches;
    /// told beside it, since programs do that too.
    /// </summary>
    public static Row AnyLookup { get; } = new("lookup_1000000_any", "directory", "lookup_any") { Entries = 1_000_000 };

    private static Target Stat => new() { Builtin = 0.01, Native = 0.4, Bytes = 0 };

    /// <summary>Whether a row is bytes of a box that does nothing.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>True when it is.</returns>
    public static bool IsIdle(string name) => name is IdleBox or IdleImageBox;

    /// <summary>Finds a row.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The row.</returns>
    public static Row Get(string name) => All.First(row => row.Name == name);
}
