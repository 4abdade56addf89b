using System.Globalization;
using System.Numerics;
using Marcotte.Core;

namespace Marcotte.Vfs.Proc;

/// <summary>What is said of one process, in Linux's forms (proc(5)).</summary>
internal static class ProcessTexts
{
    private const long Tick = 10_000_000;
    private const int PageBytes = 4096;
    private const int CommandBytes = 15;

    private static readonly (string Name, Resource Resource, string Unit)[] LimitNames =
    [
        ("Max cpu time", Resource.Cpu, "seconds"),
        ("Max file size", Resource.FileSize, "bytes"),
        ("Max data size", Resource.Data, "bytes"),
        ("Max stack size", Resource.Stack, "bytes"),
        ("Max core file size", Resource.Core, "bytes"),
        ("Max resident set", Resource.ResidentSet, "bytes"),
        ("Max processes", Resource.Processes, "processes"),
        ("Max open files", Resource.Descriptors, "files"),
        ("Max locked memory", Resource.LockedMemory, "bytes"),
        ("Max address space", Resource.Memory, "bytes"),
        ("Max file locks", Resource.Locks, "locks"),
        ("Max pending signals", Resource.PendingSignals, "signals"),
        ("Max msgqueue size", Resource.MessageQueues, "bytes"),
        ("Max nice priority", Resource.Nice, ""),
        ("Max realtime priority", Resource.RealtimePriority, ""),
        ("Max realtime timeout", Resource.RealtimeCpu, "us"),
    ];

    /// <summary>The name of the program, cut as Linux cuts it.</summary>
    public static ReadOnlySpan<byte> Command(Process? process)
    {
        if (process is null)
        {
            return default;
        }

        ReadOnlySpan<byte> path = !process.ProgramPath.IsEmpty ? process.ProgramPath.Span
            : process.Arguments.Count > 0 ? process.Arguments[0]
            : default;
        ReadOnlySpan<byte> name = path[(path.LastIndexOf((byte)'/') + 1)..];
        return name[..Math.Min(name.Length, CommandBytes)];
    }

    /// <summary>Bytes of its program's memory.</summary>
    public static long MemoryBytes(ProcessStat stat) =>
        stat.Process is { } process && process.Threads is [{ } first, ..] ? (long)first.Memory.Length : 0;

    public static byte[] Status(ProcessStat stat, int id)
    {
        Process? process = stat.Process;
        Credentials credentials = process?.Credentials ?? Credentials.Root;
        Kernel? kernel = process?.Kernel;
        GuestThread? thread = Thread(process, id);
        long memory = MemoryBytes(stat) / 1024;
        long peak = Math.Max(stat.Usage.PeakBytes / 1024, memory);
        string state = stat.State switch { 'R' => "running", 'T' => "stopped", 'Z' => "zombie", _ => "sleeping" };
        string user = $"{credentials.RealUserId}\t{credentials.UserId}\t{credentials.SavedUserId}\t{credentials.UserId}";
        string group = $"{credentials.RealGroupId}\t{credentials.GroupId}\t{credentials.SavedGroupId}\t{credentials.GroupId}";
        ProcText text = new();
        text.Add("Name:\t"u8).AddEscaped(Command(process), "\n\\"u8);
        text.Add($"\nUmask:\t{Convert.ToString(process?.Umask ?? 0, 8).PadLeft(4, '0')}\nState:\t{stat.State} ({state})\nTgid:\t{stat.Id}\nNgid:\t0\nPid:\t{id}\nPPid:\t{stat.Parent}\nTracerPid:\t0\n");
        text.Add($"Uid:\t{user}\nGid:\t{group}\nFDSize:\t{kernel?.Limits.Descriptors ?? 0}\n");
        text.Add($"Groups:\t{string.Concat(credentials.Groups.Select(static further => further.ToString(CultureInfo.InvariantCulture) + " "))}\n");
        if (process is not null)
        {
            text.Add($"VmPeak:\t{peak,8} kB\nVmSize:\t{memory,8} kB\nVmHWM:\t{peak,8} kB\nVmRSS:\t{memory,8} kB\nVmData:\t{memory,8} kB\n");
        }

        (ulong ignored, ulong caught) = Actions(process);
        ulong pending = thread is null ? 0 : kernel!.Signals.Pending(thread).Bits;
        ulong blocked = thread is null ? 0 : kernel!.Signals.Mask(thread).Bits;
        text.Add($"Threads:\t{Math.Max(1, process?.Threads.Length ?? 1)}\nSigQ:\t{BitOperations.PopCount(pending)}/{kernel?.Limits.PendingSignals ?? 0}\n");
        text.Add($"SigPnd:\t{pending:x16}\nShdPnd:\t{0:x16}\nSigBlk:\t{blocked:x16}\nSigIgn:\t{ignored:x16}\nSigCgt:\t{caught:x16}\n");
        text.Add($"Cpus_allowed:\t1\nCpus_allowed_list:\t0\nvoluntary_ctxt_switches:\t{stat.Usage.Waits}\nnonvoluntary_ctxt_switches:\t0\n");
        return text.ToArray();
    }

    public static byte[] Stat(ProcessStat stat, int id)
    {
        Process? process = stat.Process;
        GuestThread? thread = Thread(process, id);
        (ulong device, int foreground) = TerminalOf(stat);
        (ulong ignored, ulong caught) = Actions(process);
        ulong pending = thread is null ? 0 : process!.Kernel.Signals.Pending(thread).Bits;
        ulong blocked = thread is null ? 0 : process!.Kernel.Signals.Mask(thread).Bits;
        long memory = MemoryBytes(stat);
        long began = Math.Max(0, process?.Started ?? 0) / Tick;
        ProcText text = new();
        text.Add($"{id} (").Add(Command(process)).Add($") {stat.State} {stat.Parent} {stat.Group} {stat.Session} {device} {foreground} 0 0 0 0 0 ");
        text.Add($"{stat.Usage.CpuNanoseconds / Tick} 0 0 0 20 0 {Math.Max(1, process?.Threads.Length ?? 1)} 0 {began} {memory} {memory / PageBytes} {ulong.MaxValue} ");
        text.Add($"0 0 0 0 0 {(uint)pending & 0x7FFF_FFFF} {(uint)blocked & 0x7FFF_FFFF} {(uint)ignored & 0x7FFF_FFFF} {(uint)caught & 0x7FFF_FFFF} ");
        text.Add($"0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n");
        return text.ToArray();
    }

    public static byte[] Limits(Process? viewer, ProcessStat stat)
    {
        ProcText text = new();
        text.Add($"{"Limit",-25} {"Soft Limit",-20} {"Hard Limit",-20} {"Units",-10}\n");
        foreach ((string name, Resource resource, string unit) in LimitNames)
        {
            ResourceLimit limit = ResourceLimit.None;
            Process? asks = stat.Process ?? viewer;
            if (asks?.Kernel.Processes.GetLimit(asks, stat.Id, resource, out limit) is not Errno.Success)
            {
                limit = resource == Resource.Descriptors && asks is not null
                    ? new ResourceLimit((ulong)asks.Kernel.Limits.Descriptors, (ulong)asks.Kernel.Limits.Descriptors)
                    : ResourceLimit.None;
            }

            text.Add($"{name,-25} {Show(limit.Current),-20} {Show(limit.Maximum),-20} {unit,-10}\n");
        }

        return text.ToArray();
    }

    private static string Show(ulong value) => value == ulong.MaxValue ? "unlimited" : value.ToString(CultureInfo.InvariantCulture);

    private static GuestThread? Thread(Process? process, int id)
    {
        ReadOnlySpan<GuestThread> threads = process is null ? default : process.Threads;
        foreach (GuestThread thread in threads)
        {
            if (thread.Id == id)
            {
                return thread;
            }
        }

        return threads.IsEmpty ? null : threads[0];
    }

    private static (ulong Ignored, ulong Caught) Actions(Process? process)
    {
        ulong ignored = 0;
        ulong caught = 0;
        for (Signal signal = (Signal)1; process is not null && signal <= Signal.Last; signal++)
        {
            if (process.Kernel.Signals.GetAction(process, signal, out SignalAction action) == Errno.Success)
            {
                ignored |= action.Disposition == Disposition.Ignore ? SignalSet.Of(signal).Bits : 0;
                caught |= action.Disposition == Disposition.Handle ? SignalSet.Of(signal).Bits : 0;
            }
        }

        return (ignored, caught);
    }

    /// <summary>The terminal that controls its session, found among what it has open, and that one's foreground group.</summary>
    private static (ulong Device, int Foreground) TerminalOf(ProcessStat stat)
    {
        for (int number = 0; stat.Process is { } process && number < 3; number++)
        {
            if (process.Descriptors.TryGet(number, out Descriptor? descriptor) && descriptor.File.Operations.Terminal is { } terminal &&
                terminal.Session == stat.Session && terminal.Session != 0)
            {
                Errno errno = descriptor.File.Operations.Stat(descriptor.File, out FileStat found);
                return (errno == Errno.Success && found.Represents != 0 ? found.Represents : DeviceNumber.Pack(136, 0), terminal.ForegroundGroup);
            }
        }

        return (0, -1);
    }
}
