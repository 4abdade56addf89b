using System.Buffers.Binary;
using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes;

/// <summary>A file that tells how often a timer has ended since it was last read (timerfd_create(2)).</summary>
/// <remarks>How often follows from the clock when asked; the alarm only wakes, for the first end that nobody has read yet.</remarks>
internal sealed class TimerFile : FileOperations
{
    private readonly Lock _lock = new();
    private readonly WaitQueue _queue = new();
    private readonly BoxClock _clock;
    private readonly ClockId _id;
    private readonly ClockAlarm _alarm;

    /// <summary>When it ends next; 0 when it does not run.</summary>
    private long _next;
    private long _interval;

    /// <summary>Its alarm has rung: on a clock that stands still that is all there is to know it by.</summary>
    private bool _rung;

    internal TimerFile(BoxClock clock, ClockId id)
    {
        _clock = clock;
        _id = id;
        _alarm = new ClockAlarm(clock, Ring);
    }

    public override FileType Type => FileType.Unknown;

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count)
    {
        count = 0;
        if (buffer.Length < sizeof(ulong))
        {
            return Errno.Inval;
        }

        ulong ends;
        lock (_lock)
        {
            ends = EndsLocked();
            if (ends == 0)
            {
                return Errno.Again;
            }

            // Beyond the year 2262 it stops rather than to wrap around.
            long passed = (long)Math.Min(ends, long.MaxValue);
            bool again = _interval > 0 && passed <= (long.MaxValue - _next) / _interval;
            _next = again ? _next + (passed * _interval) : 0;
            _rung = false;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(buffer, ends);
        count = sizeof(ulong);
        Arm();
        return Errno.Success;
    }

    public override Readiness Poll(OpenFile file)
    {
        lock (_lock)
        {
            return EndsLocked() > 0 ? Readiness.In : Readiness.None;
        }
    }

    public override WaitQueue? Queue(OpenFile file) => _queue;

    public override void Release(OpenFile file) => _alarm.End();

    internal Errno Set(TimerSetting setting, bool absolute, out TimerSetting previous)
    {
        previous = default;
        if (setting.Value < 0 || setting.Interval < 0)
        {
            return Errno.Inval;
        }

        lock (_lock)
        {
            previous = SettingLocked();
            long now = Now();
            _next = setting.Value == 0 ? 0
                : absolute ? setting.Value
                : setting.Value > long.MaxValue - 1 - now ? long.MaxValue - 1 : now + setting.Value;
            _interval = setting.Interval;
            _rung = false;
        }

        Arm();
        return Errno.Success;
    }

    internal TimerSetting Get()
    {
        lock (_lock)
        {
            return SettingLocked();
        }
    }

    private long Now() => _id == ClockId.Realtime ? _clock.Realtime() : _clock.Monotonic();

    private TimerSetting SettingLocked()
    {
        if (_next == 0)
        {
            return new TimerSetting(0, _interval);
        }

        long now = Now();
        if (_next > now)
        {
            return new TimerSetting(_next - now, _interval);
        }

        // It has ended already: what remains is to the end after that, or nothing.
        return new TimerSetting(_interval == 0 ? 0 : _interval - ((now - _next) % _interval), _interval);
    }

    private ulong EndsLocked()
    {
        if (_next == 0)
        {
            return 0;
        }

        long now = Now();
        return now < _next ? (_rung ? 1UL : 0) : _interval == 0 ? 1 : (ulong)((now - _next) / _interval) + 1;
    }

    private void Arm()
    {
        long next = Volatile.Read(ref _next);
        if (next == 0)
        {
            _alarm.Cancel();
            return;
        }

        _alarm.Set(next, _id);
    }

    private void Ring()
    {
        lock (_lock)
        {
            _rung = _next != 0;
        }

        _queue.Wake();
    }
}
