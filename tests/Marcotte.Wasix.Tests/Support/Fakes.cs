using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Wasix.Tests;

/// <summary>Processes that answer what the test wants, and note how they were asked.</summary>
internal sealed class FakeProcesses : ProcessTable
{
    internal Errno Answer { get; set; }

    internal WaitReport Report { get; set; }

    internal WaitRequest? Waited { get; private set; }

    internal ExecRequest? Executed { get; private set; }

    internal SpawnRequest? Spawned { get; private set; }

    internal (uint Address, uint Expected, Deadline Deadline)? Futex { get; private set; }

    public override Errno Parent(int id, out int parent)
    {
        parent = id == 1 ? 0 : 1;
        return id < 10 ? Errno.Success : Errno.Srch;
    }

    public override Errno Group(int id, out int group)
    {
        group = 40 + id;
        return id < 10 ? Errno.Success : Errno.Srch;
    }

    public override Errno Session(int id, out int session)
    {
        session = 50 + id;
        return Errno.Success;
    }

    public override Errno Wait(GuestThread thread, WaitRequest request, out WaitReport report)
    {
        Waited = request;
        report = Report;
        return Answer;
    }

    public override Errno Execute(GuestThread thread, ExecRequest request)
    {
        Executed = request;
        return Answer;
    }

    public override Errno Spawn(GuestThread thread, SpawnRequest request, out int id)
    {
        Spawned = request;
        id = 77;
        return Answer;
    }

    public override Errno StartThread(GuestThread thread, uint argument, out int id)
    {
        id = (int)argument + 1;
        return Answer;
    }

    public override Errno FutexWait(GuestThread thread, uint address, uint expected, Deadline deadline)
    {
        Futex = (address, expected, deadline);
        return Answer;
    }

    public override int FutexWake(GuestThread thread, uint address, int count) => count == 1 ? 0 : 3;
}

/// <summary>Signals whose actions can be set, and nothing more.</summary>
internal sealed class FakeSignals : SignalTable
{
    private readonly Dictionary<Signal, SignalAction> _actions = [];

    internal List<string> Calls { get; } = [];

    internal SignalSet Blocked { get; set; }

    internal SignalInfo Running { get; set; }

    internal TimerSetting Timer { get; set; }

    public override Errno Send(Process caller, int id, Signal signal, long? value = null)
    {
        Calls.Add($"send {id} {signal} {value}");
        return id == 99 ? Errno.Srch : Errno.Success;
    }

    public override Errno SendToThread(Process caller, int id, Signal signal)
    {
        Calls.Add($"thread {id} {signal}");
        return Errno.Success;
    }

    public override Errno GetAction(Process process, Signal signal, out SignalAction action)
    {
        action = _actions.GetValueOrDefault(signal);
        return Errno.Success;
    }

    public override Errno SetAction(Process process, Signal signal, in SignalAction action)
    {
        if (signal is Signal.Kill or Signal.Stop)
        {
            return Errno.Inval;
        }

        _actions[signal] = action;
        return Errno.Success;
    }

    public override SignalSet Mask(GuestThread thread) => Blocked;

    public override SignalSet Pending(GuestThread thread) => new(0xFF);

    public override Errno ChangeMask(GuestThread thread, MaskChange change, SignalSet set)
    {
        Calls.Add($"mask {change} {set.Bits:X}");
        return Errno.Success;
    }

    public override SignalSet ExchangeMask(GuestThread thread, SignalSet mask)
    {
        Calls.Add($"exchange {mask.Bits:X}");
        (SignalSet before, Blocked) = (Blocked, mask);
        return before;
    }

    public override SignalInfo Current(GuestThread thread) => Running;

    public override void Raise(Process process, in SignalInfo info) => Calls.Add($"raise {info.Signal}");

    public override Errno GetTimer(Process process, IntervalTimer timer, out TimerSetting setting)
    {
        setting = Timer;
        return Errno.Success;
    }

    public override Errno SetTimer(Process process, IntervalTimer timer, TimerSetting setting)
    {
        Calls.Add($"timer {timer} {setting.Value} {setting.Interval}");
        return Errno.Success;
    }
}

/// <summary>Pipes: what is written to one end is read from the other, without bound.</summary>
internal sealed class FakeAnonymous : AnonymousFiles
{
    internal PollInterest? Interest { get; private set; }

    internal (PollChange Change, int Descriptor)? Changed { get; private set; }

    public override Errno Pipe(Process process, StatusFlags status, out OpenFile? reader, out OpenFile? writer)
    {
        FakePipe pipe = new();
        reader = new OpenFile(pipe, AccessModes.Read, status);
        writer = new OpenFile(pipe, AccessModes.Write, status);
        return Errno.Success;
    }

    public override Errno Poller(Process process, out OpenFile? file)
    {
        file = new OpenFile(new FakePipe(), AccessModes.None);
        return Errno.Success;
    }

    public override Errno Poll(OpenFile poller, PollChange change, int descriptor, OpenFile file, in PollInterest interest)
    {
        Changed = (change, descriptor);
        Interest = interest;
        return Errno.Success;
    }

    public override Errno WaitPoller(GuestThread thread, OpenFile poller, Span<PollInterest> events, Deadline deadline, out int count)
    {
        events[0] = Interest!.Value with { Readiness = Readiness.In | Readiness.HangUp };
        count = 1;
        return Errno.Success;
    }
}

/// <summary>Both ends of a pipe; closed once <see cref="Broken"/>.</summary>
internal sealed class FakePipe : FileOperations
{
    private readonly WaitQueue _queue = new();
    private readonly Queue<byte> _bytes = new();

    public override FileType Type => FileType.Fifo;

    internal bool Broken { get; init; }

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count)
    {
        count = Math.Min(buffer.Length, _bytes.Count);
        for (int i = 0; i < count; i++)
        {
            buffer[i] = _bytes.Dequeue();
        }

        return count == 0 ? Errno.Again : Errno.Success;
    }

    public override Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, out int count)
    {
        count = 0;
        if (Broken)
        {
            return Errno.Pipe;
        }

        foreach (byte value in buffer)
        {
            _bytes.Enqueue(value);
        }

        count = buffer.Length;
        return Errno.Success;
    }

    public override Readiness Poll(OpenFile file) => Readiness.Out | (_bytes.Count > 0 ? Readiness.In : Readiness.None);

    public override WaitQueue? Queue(OpenFile file) => _queue;
}

/// <summary>A terminal that is set and nothing more.</summary>
internal sealed class FakeTerminal : Terminal
{
    private TerminalSettings _settings;

    internal FakeTerminal()
    {
        ControlCharacters characters = default;
        characters[0] = 3;
        characters[18] = 9;
        _settings = new TerminalSettings(0x500, 5, 0xBF, 0x8A3B, characters);
    }

    internal List<string> Calls { get; } = [];

    internal Errno Attention { get; set; }

    public override TerminalSettings Settings => _settings;

    public override WindowSize Window => new(24, 80, 640, 480);

    public override int Session => 5;

    public override int ForegroundGroup => 6;

    public override int Readable => 4;

    public override Errno SetSettings(Process process, in TerminalSettings settings, bool flush)
    {
        Calls.Add($"set {flush}");
        _settings = settings;
        return Errno.Success;
    }

    public override void SetWindow(WindowSize size) => Calls.Add($"window {size.Rows} {size.Columns}");

    public override Errno Control(Process process) => Errno.Perm;

    public override Errno GiveUp(Process process) => Errno.NoTty;

    public override Errno SetForegroundGroup(Process process, int group)
    {
        Calls.Add($"group {group}");
        return Errno.Success;
    }

    public override void Flush(bool input, bool output) => Calls.Add($"flush {input} {output}");

    public override Errno Attend(GuestThread thread, bool reads)
    {
        Calls.Add(reads ? "reads" : "changes");
        return Attention;
    }

    internal sealed class File(Terminal terminal) : FileOperations
    {
        public override FileType Type => FileType.CharacterDevice;

        public override Terminal? Terminal => terminal;
    }
}
