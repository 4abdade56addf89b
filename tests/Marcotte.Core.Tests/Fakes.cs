using Marcotte.Core.Waiting;

namespace Marcotte.Core.Tests;

/// <summary>Makes the things that tests are about.</summary>
internal static class Make
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal static GuestThread Thread(BoxClock? clock = null)
    {
        Kernel kernel = new(Limits.Default);
        kernel.Clock = clock ?? new HostClock();
        return new GuestThread(new Process(kernel, 1), 1, new PinnedMemory(64));
    }

    internal static OpenFile File(Probe? probe = null, AccessModes access = AccessModes.ReadWrite) => new(probe ?? new Probe(), access);

    internal static Descriptor Descriptor(Probe? probe = null) => new(File(probe));

    /// <summary>Runs something on a thread of its own.</summary>
    internal static Task<T> Run<T>(Func<T> action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    internal static void Until(Func<bool> condition, string what) => Assert.That(SpinWait.SpinUntil(condition, Patience), Is.True, what);

    internal static T Outcome<T>(Task<T> task)
    {
        Assert.That(((IAsyncResult)task).AsyncWaitHandle.WaitOne(Patience), Is.True, "It did not end.");
        return task.GetAwaiter().GetResult();
    }
}

/// <summary>A stream that notes what happens to it, and that tests make ready.</summary>
internal sealed class Probe : FileOperations
{
    private readonly WaitQueue _queue = new();
    private int _releases;
    private volatile Readiness _ready;

    public override FileType Type => FileType.Fifo;

    internal int Releases => Volatile.Read(ref _releases);

    internal WaitQueue Waiters => _queue;


    /// <summary>Becomes ready and wakes nobody yet.</summary>
    internal void BecomeQuietly(Readiness ready) => _ready = ready;

    internal void Become(Readiness ready)
    {
        _ready = ready;
        _queue.Wake();
    }

    public override Readiness Poll(OpenFile file) => _ready;

    public override WaitQueue? Queue(OpenFile file) => _queue;

    public override void Release(OpenFile file) => Interlocked.Increment(ref _releases);
}

/// <summary>The host's time, monotonic and of day alike.</summary>
internal sealed class HostClock : BoxClock
{
    private readonly long _origin = TimeProvider.System.GetTimestamp();

    public override TimeProvider TimeProvider => TimeProvider.System;

    public override bool RunsOnHostTime => true;

    public override long Monotonic() => TimeProvider.System.GetElapsedTime(_origin).Ticks * 100;

    public override long Realtime() => Monotonic();

    public override Errno Now(ClockId clock, GuestThread thread, out long nanoseconds)
    {
        nanoseconds = Monotonic();
        return Errno.Success;
    }
}
