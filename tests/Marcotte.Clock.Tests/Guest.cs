using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Clock.Tests;

/// <summary>A box with a clock layer, and one guest thread in it.</summary>
internal sealed class Guest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private Guest(Layer layer)
    {
        Kernel = new Kernel(Limits.Default);
        layer.Attach(Kernel);
        Process = new Process(Kernel, 1);
        Thread = new GuestThread(Process, 1, new PinnedMemory(64));
    }

    internal Kernel Kernel { get; }

    internal Process Process { get; }

    internal GuestThread Thread { get; }

    internal BoxClock Clock => Kernel.Clock;

    internal static Guest With(Action<ClockOptions> configure)
    {
        ClockOptions options = new();
        configure(options);
        using Layer layer = options.Build(Limits.Default);
        return new Guest(layer);
    }

    internal static Guest On(TimeProvider provider) => With(options => options.From(provider));

    internal long Read(ClockId clock)
    {
        Assert.That(Clock.Now(clock, Thread, out long time), Is.EqualTo(Errno.Success));
        return time;
    }

    internal Deadline In(long nanoseconds, ClockId clock = ClockId.Monotonic) => new(clock, Read(clock) + nanoseconds);

    /// <summary>Starts to wait on a thread of its own.</summary>
    internal Task<Errno> Sleep(Deadline deadline) =>
        Task.Factory.StartNew(() => Thread.Waiter.WaitAny([], deadline), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    internal static void Until(Func<bool> condition) =>
        Assert.That(SpinWait.SpinUntil(condition, Patience), Is.True, "What was waited for did not come about.");

    internal static async Task<Errno> Outcome(Task<Errno> sleep) => await sleep.WaitAsync(Patience);
}
