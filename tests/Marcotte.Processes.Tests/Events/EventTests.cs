using System.Buffers.Binary;
using Marcotte.Core;
using Microsoft.Extensions.Time.Testing;

namespace Marcotte.Processes.Tests.Events;

/// <summary>eventfd(2), timerfd_create(2), signalfd(2).</summary>
[TestFixture]
public sealed class EventTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void A_counter_is_read_whole_or_by_one([Values] bool semaphore)
    {
        OpenFile file = Event(3, semaphore);
        Assert.That(Read(file), Is.EqualTo(semaphore ? 1 : 3));
        Assert.That(file.Poll(), Is.EqualTo(semaphore ? Readiness.In | Readiness.Out : Readiness.Out));
        Assert.That(Write(file, 4), Is.EqualTo(Errno.Success));
        Assert.That(Read(file), Is.EqualTo(semaphore ? 1 : 4));
    }

    [Test]
    public void A_counter_waits_at_both_ends()
    {
        OpenFile file = Event(0, false);
        Assert.That(file.Read(new byte[8], out _), Is.EqualTo(Errno.Again));
        Assert.That(Write(file, ulong.MaxValue), Is.EqualTo(Errno.Inval));
        Assert.That(Write(file, ulong.MaxValue - 1), Is.EqualTo(Errno.Success));
        Assert.That(Write(file, 1), Is.EqualTo(Errno.Again));
        Assert.That(file.Poll(), Is.EqualTo(Readiness.In));
        Assert.That(file.Read(new byte[7], out _), Is.EqualTo(Errno.Inval));
        Assert.That(file.Write(new byte[7], out _), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void A_timer_counts_its_ends()
    {
        FakeTimeProvider time = new();
        OpenFile file = Timer(time, ClockId.Monotonic, out AnonymousFiles files);
        Assert.That(files.SetTimer(file, new TimerSetting(2 * Second, Second), false, out _), Is.EqualTo(Errno.Success));
        Assert.That(file.Read(new byte[8], out _), Is.EqualTo(Errno.Again));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.That((file.Poll(), Read(file)), Is.EqualTo((Readiness.In, 1)));
        time.Advance(TimeSpan.FromSeconds(3.5));
        Assert.That(Read(file), Is.EqualTo(3));
        files.GetTimer(file, out TimerSetting left);
        Assert.That(left, Is.EqualTo(new TimerSetting(Second / 2, Second)));
        files.SetTimer(file, default, false, out TimerSetting previous);
        Assert.That(previous, Is.EqualTo(left));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(file.Poll(), Is.EqualTo(Readiness.None));
    }

    [Test]
    public void A_timer_that_runs_once_ends_once([Values(ClockId.Monotonic, ClockId.Realtime)] ClockId clock)
    {
        FakeTimeProvider time = new();
        OpenFile file = Timer(time, clock, out AnonymousFiles files);
        long now = clock == ClockId.Realtime ? (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100 : Marcotte.Clock.TimeProviderClock.MonotonicStart;
        files.SetTimer(file, new TimerSetting(now + Second, 0), true, out _);
        time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.That(file.Poll(), Is.EqualTo(Readiness.None));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(Read(file), Is.EqualTo(1));
        Assert.That(file.Poll(), Is.EqualTo(Readiness.None));
    }

    [Test]
    public void A_timer_wakes_who_waits_each_time()
    {
        FakeTimeProvider time = new();
        OpenFile file = Timer(time, ClockId.Monotonic, out AnonymousFiles files);
        files.SetTimer(file, new TimerSetting(Second, Second), false, out _);
        GuestThread thread = Make.Thread(Make.Kernel(time: time));
        for (int i = 0; i < 3; i++)
        {
            Task<Errno> wait = Make.Run(() => thread.Waiter.WaitFor(file, Readiness.In, Core.Waiting.Deadline.Never));
            Make.Until(() => file.Queue!.Count == 1, "It does not wait.");
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.That(Make.Outcome(wait), Is.EqualTo(Errno.Success));
            Assert.That(Read(file), Is.EqualTo(1));
        }
    }

    [Test]
    public void Timers_refuse_what_makes_no_sense()
    {
        OpenFile file = Timer(new FakeTimeProvider(), ClockId.Monotonic, out AnonymousFiles files);
        Assert.That(files.SetTimer(file, new TimerSetting(-1, 0), false, out _), Is.EqualTo(Errno.Inval));
        Assert.That(files.SetTimer(Event(0, false), default, false, out _), Is.EqualTo(Errno.Inval));
        Assert.That(files.Timer(Make.Process(), ClockId.ThreadCpu, StatusFlags.None, out _), Is.EqualTo(Errno.Inval));
        Assert.That(files.SetTimer(file, new TimerSetting(long.MaxValue, long.MaxValue), false, out _), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void Signals_are_read_as_Linux_lays_them_out()
    {
        Kernel kernel = Make.Kernel();
        OneSignal signals = new();
        kernel.Signals = signals;
        Process process = Make.Process(kernel);
        kernel.Anonymous.Signals(process, SignalSet.Of(Signal.User1), StatusFlags.None, out OpenFile? file);
        byte[] record = new byte[300];
        Assert.That(file!.Read(record, out _), Is.EqualTo(Errno.Again));
        Assert.That(file.Read(new byte[127], out _), Is.EqualTo(Errno.Inval));
        signals.Sent = new SignalInfo(Signal.User1, SignalCause.Queue, 7, 8, 9);
        Assert.That(file.Poll(), Is.EqualTo(Readiness.In));
        Assert.That(file.Read(record, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(128));
        int[] fields = [.. new[] { 0, 4, 8, 12, 16, 40, 44, 48 }.Select(at => BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(at)))];
        Assert.That(fields, Is.EqualTo((int[])[10, 0, -1, 7, 8, 0, 9, 9]));
        signals.Sent = new SignalInfo(Signal.User2, SignalCause.User);
        Assert.That(file.Poll(), Is.EqualTo(Readiness.None));
        Assert.That(kernel.Anonymous.SetSignals(file, SignalSet.Of(Signal.User2)), Is.EqualTo(Errno.Success));
        Assert.That(file.Poll(), Is.EqualTo(Readiness.In));
    }

    private static OpenFile Event(ulong value, bool semaphore)
    {
        Process process = Make.Process();
        Assert.That(process.Kernel.Anonymous.Event(process, value, semaphore, StatusFlags.None, out OpenFile? file), Is.EqualTo(Errno.Success));
        return file!;
    }

    private static OpenFile Timer(FakeTimeProvider time, ClockId clock, out AnonymousFiles files)
    {
        Process process = Make.Process(Make.Kernel(time: time));
        files = process.Kernel.Anonymous;
        Assert.That(files.Timer(process, clock, StatusFlags.None, out OpenFile? file), Is.EqualTo(Errno.Success));
        return file!;
    }

    private static long Read(OpenFile file)
    {
        byte[] buffer = new byte[8];
        Assert.That(file.Read(buffer, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(8));
        return BitConverter.ToInt64(buffer);
    }

    private static Errno Write(OpenFile file, ulong value) => file.Write(BitConverter.GetBytes(value), out _);

    private sealed class OneSignal : SignalTable
    {
        internal SignalInfo Sent { get; set; }

        public override SignalSet Pending(Process process) => SignalSet.Of(Sent.Signal);

        public override Errno TakePending(Process process, SignalSet set, out SignalInfo info)
        {
            info = Sent;
            if (!set.Contains(Sent.Signal))
            {
                return Errno.Again;
            }

            Sent = default;
            return Errno.Success;
        }
    }
}
