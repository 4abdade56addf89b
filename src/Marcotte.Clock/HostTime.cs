using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Marcotte.Clock;

/// <summary>
/// The host driver: the host's clocks to the nanosecond where its C library has them for the price of .NET's 100 ns.
/// </summary>
internal static unsafe partial class HostTime
{
    private const int ClockRealtime = 0;
    private const int ClockMonotonic = 1;

    /// <summary>Linux with 64 bits, where <c>timespec</c> is two 64-bit words and the calls need no system call.</summary>
    private static readonly bool Native = OperatingSystem.IsLinux() && nint.Size == 8 && Probe();

    /// <summary>Nanoseconds of a step of <see cref="Realtime"/>.</summary>
    internal static long RealtimeStep { get; } = Native ? Step(ClockRealtime) : 100;

    /// <summary>Nanoseconds of a step of <see cref="Monotonic"/>.</summary>
    internal static long MonotonicStep { get; } =
        Native ? Step(ClockMonotonic) : Math.Max(1, Nanoseconds.PerSecond / Stopwatch.Frequency);

    /// <summary>Nanoseconds since 1970, not before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Realtime() => Native ? Math.Max(0, Read(ClockRealtime)) : Nanoseconds.SinceEpoch(TimeProvider.System.GetUtcNow());

    /// <summary>Nanoseconds since the host's own origin; never goes back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Monotonic() =>
        Native ? Read(ClockMonotonic) : Nanoseconds.OfTicks((ulong)Stopwatch.GetTimestamp(), Stopwatch.Frequency);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Read(int clock)
    {
        TimeSpec time;
        _ = GetTime(clock, &time);
        return (time.Seconds * Nanoseconds.PerSecond) + time.Nanoseconds;
    }

    private static bool Probe()
    {
        try
        {
            TimeSpec time;
            return GetTime(ClockRealtime, &time) == 0 && GetTime(ClockMonotonic, &time) == 0 && GetResolution(ClockMonotonic, &time) == 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    private static long Step(int clock)
    {
        TimeSpec step;
        return GetResolution(clock, &step) == 0 ? Math.Max(1, (step.Seconds * Nanoseconds.PerSecond) + step.Nanoseconds) : 1;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    private static partial int GetTime(int clock, TimeSpec* time);

    [LibraryImport("libc", EntryPoint = "clock_getres")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetResolution(int clock, TimeSpec* step);

    private struct TimeSpec
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}
