using Marcotte.Core;
using Microsoft.Extensions.Time.Testing;

namespace Marcotte.Clock.Tests;

[TestFixture]
public sealed class CpuClockTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void They_start_with_the_thread_and_run_with_time()
    {
        FakeTimeProvider time = new();
        Guest guest = Guest.On(time);
        Assert.That(guest.Read(ClockId.ThreadCpu), Is.Zero);
        Assert.That(guest.Read(ClockId.ProcessCpu), Is.Zero);
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.That(guest.Read(ClockId.ThreadCpu), Is.EqualTo(3 * Second));
        Assert.That(guest.Read(ClockId.ProcessCpu), Is.EqualTo(3 * Second));
    }

    [Test]
    public async Task A_sleep_is_no_cpu_time_while_it_lasts_nor_afterwards()
    {
        SteppedTimeProvider time = new();
        Guest guest = Guest.On(time);
        time.Advance(TimeSpan.FromSeconds(2));
        Task<Errno> sleep = guest.Sleep(guest.In(10 * Second));
        Guest.Until(() => guest.Thread.Waiter.WaitedNanoseconds == 0 && time.PendingTimers == 1 && IsWaiting(guest, time));
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.That(guest.Read(ClockId.ThreadCpu), Is.EqualTo(2 * Second).Within(1000));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.That(await Guest.Outcome(sleep), Is.EqualTo(Errno.Again));
        Assert.That(guest.Read(ClockId.ThreadCpu), Is.EqualTo(2 * Second).Within(1000));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(guest.Read(ClockId.ThreadCpu), Is.EqualTo(3 * Second).Within(1000));
    }

    [Test]
    public void A_process_s_time_is_that_of_its_threads_also_of_those_that_ended()
    {
        FakeTimeProvider time = new();
        Guest guest = Guest.On(time);
        time.Advance(TimeSpan.FromSeconds(1));
        GuestThread second = new(guest.Process, 2, guest.Thread.Memory);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(guest.Read(ClockId.ProcessCpu), Is.EqualTo(3 * Second));
        second.End();
        second.End();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(guest.Read(ClockId.ProcessCpu), Is.EqualTo(4 * Second));
        Assert.That(guest.Process.Fork(2).CpuNanoseconds(guest.Clock.Monotonic()), Is.Zero);
    }

    /// <summary>Whether time that passes counts as waited: the thread has come to rest.</summary>
    private static bool IsWaiting(Guest guest, SteppedTimeProvider time)
    {
        time.Advance(TimeSpan.FromTicks(1));
        return guest.Thread.Waiter.WaitedNanoseconds > 0;
    }
}
