using Marcotte.Core;

namespace Marcotte.Clock;

/// <summary>What the clocks of every box have in common, whatever drives them.</summary>
internal static class ClockRules
{
    /// <summary>The two clocks that are told from the monotonic one; <see cref="Errno.Inval"/> for any other.</summary>
    internal static Errno CpuTime(ClockId clock, GuestThread thread, long monotonic, out long nanoseconds)
    {
        switch (clock)
        {
            case ClockId.ProcessCpu:
                nanoseconds = thread.Process.CpuNanoseconds(monotonic);
                return Errno.Success;
            case ClockId.ThreadCpu:
                nanoseconds = thread.CpuNanoseconds(monotonic);
                return Errno.Success;
            default:
                nanoseconds = 0;
                return Errno.Inval;
        }
    }

    /// <summary>The step of a clock; <see cref="Errno.Inval"/> for one that there is not.</summary>
    internal static Errno Resolution(ClockId clock, long realtime, long monotonic, out long nanoseconds)
    {
        nanoseconds = clock switch
        {
            ClockId.Realtime => realtime,
            ClockId.Monotonic or ClockId.ProcessCpu or ClockId.ThreadCpu => monotonic,
            _ => 0,
        };
        return nanoseconds == 0 ? Errno.Inval : Errno.Success;
    }
}
