using Marcotte.Core;

namespace Marcotte.Vfs.Proc;

/// <summary>What a box says of itself, in Linux's forms (proc(5)).</summary>
internal static class BoxTexts
{
    private const string System = "Linux";
    private const string Release = "6.1.0-marcotte";
    private const long Tick = 10_000_000;
    private const int MostProcesses = 4_194_304;

    private static readonly string[] Names = ["cpuinfo", "filesystems", "loadavg", "meminfo", "stat", "uptime", "version"];

    public static IEnumerable<(string Name, Func<byte[]> Make)> All(ProcFileSystem tree, Process? viewer) =>
    [
        ("cpuinfo", static () => ProcText.Of($"processor\t: 0\nvendor_id\t: Marcotte\nmodel name\t: WebAssembly\ncpu MHz\t\t: 1000.000\nphysical id\t: 0\nsiblings\t: 1\ncore id\t\t: 0\ncpu cores\t: 1\nbogomips\t: 2000.00\n\n")),
        ("filesystems", static () => ProcText.Of($"nodev\ttmpfs\nnodev\toverlay\nnodev\tdevtmpfs\nnodev\tproc\nnodev\tarchive\nnodev\thost\n")),
        ("loadavg", () => Load(tree.List(viewer))),
        ("meminfo", () => Memory(tree.Kernel, tree.List(viewer))),
        ("stat", () => Stat(tree.Kernel, tree.List(viewer))),
        ("uptime", () => Uptime(tree.Kernel, tree.List(viewer))),
        ("version", static () => ProcText.Of($"Linux version {Release} (marcotte@box) (wasm32) #1\n")),
    ];

    public static int PlaceOf(string name) => Array.IndexOf(Names, name);

    public static IEnumerable<(string Name, Func<byte[]> Make)> Settings(ProcFileSystem tree) =>
    [
        ("hostname", () => ProcText.Of($"{tree.Kernel.Environment.HostName}\n")),
        ("osrelease", static () => ProcText.Of($"{Release}\n")),
        ("ostype", static () => ProcText.Of($"{System}\n")),
        ("pid_max", static () => ProcText.Of($"{MostProcesses}\n")),
    ];

    private static byte[] Load(IReadOnlyList<ProcessStat> processes)
    {
        int running = processes.Count(static process => process.State == 'R');
        int threads = processes.Sum(static process => Math.Max(1, process.Process?.Threads.Length ?? 1));
        return ProcText.Of($"0.00 0.00 0.00 {running}/{threads} {processes.Select(static process => process.Id).DefaultIfEmpty().Max()}\n");
    }

    private static byte[] Memory(Kernel kernel, IReadOnlyList<ProcessStat> processes)
    {
        long files = kernel.FileBytes.Used;
        long used = processes.Sum(static process => ProcessTexts.MemoryBytes(process)) + files;
        long total = Math.Max(kernel.Limits.MemoryBytes, used);
        ProcText text = new();
        void Line(string name, long bytes) => text.Add($"{name + ":",-16}{bytes / 1024,8} kB\n");
        Line("MemTotal", total);
        Line("MemFree", total - used);
        Line("MemAvailable", total - used + files);
        Line("Buffers", 0);
        Line("Cached", files);
        Line("SwapCached", 0);
        Line("Active", used - files);
        Line("Inactive", files);
        Line("SwapTotal", 0);
        Line("SwapFree", 0);
        Line("Dirty", 0);
        Line("Writeback", 0);
        Line("AnonPages", used - files);
        Line("Mapped", 0);
        Line("Shmem", files);
        Line("Slab", 0);
        Line("SReclaimable", 0);
        return text.ToArray();
    }

    private static byte[] Stat(Kernel kernel, IReadOnlyList<ProcessStat> processes)
    {
        (long up, long used) = Times(kernel, processes);
        long booted = Math.Max(0, (kernel.Clock.Realtime() - kernel.Clock.Monotonic()) / 1_000_000_000);
        string times = FormattableString.Invariant($"{used / Tick} 0 0 {Math.Max(0, up - used) / Tick} 0 0 0 0 0 0");
        int running = processes.Count(static process => process.State == 'R');
        return ProcText.Of($"cpu  {times}\ncpu0 {times}\nintr 0\nctxt {processes.Sum(static process => process.Usage.Waits)}\nbtime {booted}\nprocesses {processes.Count}\nprocs_running {running}\nprocs_blocked 0\nsoftirq 0\n");
    }

    private static byte[] Uptime(Kernel kernel, IReadOnlyList<ProcessStat> processes)
    {
        (long up, long used) = Times(kernel, processes);
        long idle = Math.Max(0, up - used);
        return ProcText.Of($"{up / 1_000_000_000}.{up / Tick % 100:D2} {idle / 1_000_000_000}.{idle / Tick % 100:D2}\n");
    }

    private static (long Up, long Used) Times(Kernel kernel, IReadOnlyList<ProcessStat> processes) =>
        (Math.Max(0, kernel.Clock.Monotonic()), processes.Sum(static process => process.Usage.CpuNanoseconds));
}
