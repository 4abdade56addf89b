using System.Text;
using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes;

/// <summary>A terminal: what its person types comes through the line discipline to programs, and what they write to its person.</summary>
/// <remarks>One lock guards all of it. Signals are raised and queues woken after it is left.</remarks>
internal sealed partial class Tty : Terminal
{
    private readonly Lock _lock = new();
    private readonly AnonymousFileTable _files;
    private readonly Kernel _kernel;
    private readonly InputBuffer _input = new();
    private readonly OutputBuffer _output = new();
    private readonly LineDiscipline _line;
    private readonly ClockAlarm _alarm;
    private WindowSize _window;
    private int _programs;
    private bool _opened;
    private bool _hungUp;
    private bool _given;

    /// <summary>What a read in raw mode waits for, fewer than VMIN when it asked for fewer; 0 when none waits.</summary>
    private int _asked;

    /// <summary>VTIME is over: a read takes what there is, be it nothing.</summary>
    private bool _timeIsUp;

    internal Tty(AnonymousFileTable files, Kernel kernel, int number, WindowSize window)
    {
        _files = files;
        _kernel = kernel;
        _window = window;
        Number = number;
        Path = Encoding.ASCII.GetBytes($"/dev/pts/{number}");
        _line = new LineDiscipline(_input, _output, InitialSettings);
        _alarm = new ClockAlarm(kernel.Clock, TimeIsUp);
    }

    /// <summary>What a terminal has to begin with, as Linux (tty_std_termios).</summary>
    internal static TerminalSettings InitialSettings
    {
        get
        {
            ControlCharacters characters = default;
            ReadOnlySpan<byte> initial = [3, 0x1C, 0x7F, 0x15, 4, 0, 1, 0, 0x11, 0x13, 0x1A, 0, 0x12, 0x0F, 0x17, 0x16, 0];
            initial.CopyTo(characters);
            return new TerminalSettings(0x500, 0x5, 0xBF, 0x8A3B, characters);
        }
    }

    public override int Number { get; }

    public override ReadOnlyMemory<byte> Path { get; }

    /// <summary>Whose it is: who made it.</summary>
    internal Credentials Owner { get; init; } = Credentials.Root;

    public override TerminalSettings Settings
    {
        get
        {
            lock (_lock)
            {
                return _line.Settings;
            }
        }
    }

    public override WindowSize Window
    {
        get
        {
            lock (_lock)
            {
                return _window;
            }
        }
    }

    public override int Readable
    {
        get
        {
            lock (_lock)
            {
                return _input.Readable(_line.IsCanonical);
            }
        }
    }

    /// <summary>Woken when a program may read or write.</summary>
    internal WaitQueue Programs { get; } = new();

    /// <summary>Woken when the person may.</summary>
    internal WaitQueue Person { get; } = new();

    internal bool IsHungUp => Volatile.Read(ref _hungUp);

    public override Errno SetSettings(Process process, in TerminalSettings settings, bool flush)
    {
        lock (_lock)
        {
            if (_hungUp)
            {
                return Errno.IO;
            }

            if (flush)
            {
                _input.Clear();
            }

            _line.Change(settings);
            ResetReadLocked();
        }

        WakeBoth();
        return Errno.Success;
    }

    public override void SetWindow(WindowSize size)
    {
        int group;
        lock (_lock)
        {
            if (_window == size)
            {
                return;
            }

            _window = size;
            group = _foreground;
        }

        RaiseInGroup(group, Signal.Window);
    }

    public override void Flush(bool input, bool output)
    {
        lock (_lock)
        {
            if (input)
            {
                _input.Clear();
            }

            if (output)
            {
                _output.Clear();
            }
        }

        WakeBoth();
    }

    public override Errno Flow(FlowAction action)
    {
        lock (_lock)
        {
            if (_hungUp)
            {
                return Errno.IO;
            }

            _line.Flow(action);
        }

        WakeBoth();
        return Errno.Success;
    }

    /// <summary>A program's read.</summary>
    internal Errno Read(OpenFile file, Span<byte> buffer, out int count)
    {
        lock (_lock)
        {
            count = 0;
            if (_hungUp)
            {
                return Errno.Success;
            }

            if (!IsReadableLocked(file, buffer.Length))
            {
                return Errno.Again;
            }

            count = _input.Read(buffer, _line.IsCanonical);
            ResetReadLocked();
        }

        Person.Wake();
        return Errno.Success;
    }

    /// <summary>A program's write.</summary>
    internal Errno Write(ReadOnlySpan<byte> buffer, out int count)
    {
        lock (_lock)
        {
            count = 0;
            if (_hungUp)
            {
                return Errno.IO;
            }

            count = _line.IsStopped ? 0 : _output.Write(_line.Settings, buffer);
        }

        if (count == 0)
        {
            return Errno.Again;
        }

        Person.Wake();
        return Errno.Success;
    }

    internal Readiness PollProgram()
    {
        lock (_lock)
        {
            if (_hungUp)
            {
                return Readiness.In | Readiness.Out | Readiness.Error | Readiness.HangUp;
            }

            ControlCharacters characters = _line.Settings.Characters;
            int least = _line.IsCanonical || characters[Special.Time] != 0 ? 1 : Math.Max((byte)1, characters[Special.Minimum]);
            least = _asked > 0 ? Math.Min(_asked, least) : least;
            return (_input.Committed >= least || _timeIsUp ? Readiness.In : Readiness.None)
                | (!_line.IsStopped && _output.HasRoom ? Readiness.Out : Readiness.None);
        }
    }

    /// <summary>What the person types.</summary>
    internal Errno Type(ReadOnlySpan<byte> bytes, out int count)
    {
        count = 0;
        while (count < bytes.Length)
        {
            Signal signal = Signal.None;
            int group;
            lock (_lock)
            {
                int before = _input.Committed;
                while (count < bytes.Length && signal == Signal.None && _line.Accept(bytes[count], out signal))
                {
                    count++;
                }

                if (_input.Committed > before && _asked > 0 && !_line.IsCanonical)
                {
                    StartTimeLocked();
                }

                group = _foreground;
            }

            if (signal == Signal.None)
            {
                break;
            }

            RaiseInGroup(group, signal);
        }

        // Nothing has changed for a typist without room: a wake would have it try again at once, for ever.
        if (count == 0)
        {
            return Errno.Again;
        }

        WakeBoth();
        return Errno.Success;
    }

    /// <summary>What the person sees; <see cref="Errno.IO"/> when no program has it open any more, as on Linux.</summary>
    internal Errno See(Span<byte> buffer, out int count)
    {
        lock (_lock)
        {
            count = _output.Read(buffer);
            if (count == 0)
            {
                return _opened && _programs == 0 ? Errno.IO : Errno.Again;
            }
        }

        Programs.Wake();
        return Errno.Success;
    }

    internal int Shown
    {
        get
        {
            lock (_lock)
            {
                return _output.Count;
            }
        }
    }

    internal Readiness PollPerson()
    {
        lock (_lock)
        {
            return (_output.Count > 0 ? Readiness.In : Readiness.None)
                | (!_input.IsFull ? Readiness.Out : Readiness.None)
                | (_opened && _programs == 0 ? Readiness.HangUp : Readiness.None);
        }
    }

    internal Errno Open()
    {
        lock (_lock)
        {
            if (_hungUp)
            {
                return Errno.IO;
            }

            _programs++;
            _opened = true;
        }

        WakeBoth();
        return Errno.Success;
    }

    internal void Close()
    {
        lock (_lock)
        {
            _programs--;
            GiveNumberLocked();
        }

        Person.Wake();
    }

    /// <summary>
    /// The person goes: programs are told by signals and by what reads and writes answer; by signals first, so that none ends well because it has read the end.
    /// </summary>
    internal void HangUp()
    {
        int session;
        int group;
        lock (_lock)
        {
            (session, group) = (_session, _foreground);
        }

        RaiseHangUp(session, group);
        lock (_lock)
        {
            _hungUp = true;
            (_session, _foreground) = (0, 0);
            _input.Clear();
            _output.Clear();
            _alarm.End();
            GiveNumberLocked();
        }

        WakeBoth();
    }

    /// <summary>The number is free again when both ends are closed.</summary>
    private void GiveNumberLocked()
    {
        if (_hungUp && _programs == 0 && !_given)
        {
            _given = true;
            _files.Remove(this);
        }
    }

    private bool IsReadableLocked(OpenFile file, int length)
    {
        int available = _input.Committed;
        if (_line.IsCanonical || _timeIsUp || (file.IsNonBlocking && available > 0))
        {
            return available > 0 || _timeIsUp;
        }

        ControlCharacters characters = _line.Settings.Characters;
        int least = Math.Min(length, (int)characters[Special.Minimum]);
        bool timed = characters[Special.Time] != 0;
        if (least == 0 ? !timed || available > 0 : available >= least)
        {
            return true;
        }

        // Now a read waits: time runs from here on for one that may end with nothing, else from the first byte on.
        if (!file.IsNonBlocking)
        {
            bool first = _asked == 0;
            _asked = Math.Max(1, least);
            if (first && (least == 0 || available > 0))
            {
                StartTimeLocked();
            }
        }

        return false;
    }

    private void StartTimeLocked()
    {
        int tenths = _line.Settings.Characters[Special.Time];
        if (tenths > 0)
        {
            _alarm.Set(_kernel.Clock.Monotonic() + (tenths * 100_000_000L), ClockId.Monotonic);
        }
    }

    private void ResetReadLocked()
    {
        _asked = 0;
        _timeIsUp = false;
        _alarm.Cancel();
    }

    private void TimeIsUp()
    {
        lock (_lock)
        {
            _timeIsUp = _asked > 0;
        }

        Programs.Wake();
    }

    private void WakeBoth()
    {
        Programs.Wake();
        Person.Wake();
    }
}
