using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Clocks: <c>clock_res_get</c> and <c>clock_time_get</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Clocks
{
    /// <summary>clock_res_get: the step in which a clock advances.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="id">The clock.</param>
    /// <param name="resolution">Takes nanoseconds, at least 1.</param>
    /// <returns>
    /// <see cref="Errno.Inval"/> for no clock of ours, <see cref="Errno.NoSys"/> when the box has none,
    /// <see cref="Errno.Fault"/> when the pointer lies outside of memory.
    /// </returns>
    [HostImport(WasiModules.Preview1, "clock_res_get", Needs = typeof(BoxClock))]
    [HostImport(WasiModules.Unstable, "clock_res_get", Needs = typeof(BoxClock))]
    internal static Errno ClockResGet(GuestThread thread, GuestMemory memory, WasiClockId id, GuestOut<ulong> resolution)
    {
        if (id > WasiClockId.ThreadCpuTime)
        {
            return Errno.Inval;
        }

        Errno errno = thread.Kernel.Clock.Resolution((ClockId)id, out long nanoseconds);
        if (errno != Errno.Success)
        {
            return errno;
        }

        return memory.TryWrite(resolution, (ulong)Math.Max(1, nanoseconds)) ? Errno.Success : Errno.Fault;
    }

    /// <summary>clock_time_get: the time.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="id">The clock.</param>
    /// <param name="precision">By how much it may be off, in nanoseconds; the best there is is given anyway.</param>
    /// <param name="time">Takes nanoseconds; a time before 1970 is 0.</param>
    /// <returns>
    /// <see cref="Errno.Inval"/> for no clock of ours, <see cref="Errno.NoSys"/> when the box has none,
    /// <see cref="Errno.Fault"/> when the pointer lies outside of memory.
    /// </returns>
    [HostImport(WasiModules.Preview1, "clock_time_get", Needs = typeof(BoxClock))]
    [HostImport(WasiModules.Unstable, "clock_time_get", Needs = typeof(BoxClock))]
    internal static Errno ClockTimeGet(GuestThread thread, GuestMemory memory, WasiClockId id, ulong precision, GuestOut<ulong> time)
    {
        _ = precision;
        if (id > WasiClockId.ThreadCpuTime)
        {
            return Errno.Inval;
        }

        Errno errno = thread.Kernel.Clock.Now((ClockId)id, thread, out long nanoseconds);
        if (errno != Errno.Success)
        {
            return errno;
        }

        return memory.TryWrite(time, (ulong)Math.Max(0, nanoseconds)) ? Errno.Success : Errno.Fault;
    }
}
