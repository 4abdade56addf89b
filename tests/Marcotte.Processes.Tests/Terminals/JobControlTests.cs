using Marcotte.Core;

namespace Marcotte.Processes.Tests.Terminals;

/// <summary>POSIX 11.1: sessions, groups, and the signals of a terminal.</summary>
[TestFixture]
public sealed class JobControlTests
{
    private Families _families = null!;
    private Recorder _signals = null!;
    private Kernel _kernel = null!;
    private OpenFile _person = null!;
    private OpenFile _program = null!;
    private Process _shell = null!;
    private GuestThread _job = null!;

    private Terminal Tty => _program.Operations.Terminal!;

    [SetUp]
    public void Prepare()
    {
        _kernel = Make.Kernel();
        _kernel.Processes = _families = new Families();
        _kernel.Signals = _signals = new Recorder();
        _kernel.Anonymous.PseudoTerminal(_kernel, WindowSize.Default, out OpenFile? master, out OpenFile? terminal);
        (_person, _program) = (master!, terminal!);

        // A shell leads session 10; its job is group 11 of the same session.
        _shell = new Process(_kernel, 10);
        _job = new GuestThread(new Process(_kernel, 11), 11, new PinnedMemory(64));
        _families.Add(1, 0, 1, 1);
        _families.Add(10, 1, 10, 10);
        _families.Add(11, 10, 11, 10);
        _families.Add(20, 1, 20, 20);
        Assert.That(Tty.Control(_shell), Is.EqualTo(Errno.Success));
    }

    [TearDown]
    public void End() => _kernel.Dispose();

    [Test]
    public void Only_a_leader_without_a_terminal_gets_one_that_is_free()
    {
        Assert.That((Tty.Session, Tty.ForegroundGroup), Is.EqualTo((10, 10)));
        Assert.That(Tty.Control(_shell), Is.EqualTo(Errno.Success));
        Assert.That(Tty.Control(_job.Process), Is.EqualTo(Errno.Perm));
        Assert.That(Tty.Control(new Process(_kernel, 20)), Is.EqualTo(Errno.Perm));
        _kernel.Anonymous.PseudoTerminal(_kernel, WindowSize.Default, out _, out OpenFile? other);
        Assert.That(other!.Operations.Terminal!.Control(_shell), Is.EqualTo(Errno.Perm));
        Assert.That(_kernel.Anonymous.ControllingTerminal(_job.Process), Is.Not.Null);
        Assert.That(_kernel.Anonymous.ControllingTerminal(new Process(_kernel, 20)), Is.Null);
    }

    [Test]
    public void The_foreground_group_is_one_of_the_session()
    {
        Assert.That(Tty.SetForegroundGroup(_shell, 11), Is.EqualTo(Errno.Success));
        Assert.That(Tty.ForegroundGroup, Is.EqualTo(11));
        Assert.That(Tty.SetForegroundGroup(_shell, 20), Is.EqualTo(Errno.Perm));
        Assert.That(Tty.SetForegroundGroup(_shell, -1), Is.EqualTo(Errno.Inval));
        Assert.That(Tty.SetForegroundGroup(new Process(_kernel, 20), 20), Is.EqualTo(Errno.NoTty));
    }

    [TestCase("\x03", Signal.Interrupt, "^C")]
    [TestCase("\x1C", Signal.Quit, "^\\")]
    [TestCase("\x1A", Signal.TerminalStop, "^Z")]
    public void Keys_raise_signals_in_the_foreground_and_flush(string key, Signal signal, string echo)
    {
        Tty.SetForegroundGroup(_shell, 11);
        Make.Put(_person, "lost\nlost" + key + "kept\n");
        Assert.That(_signals.Raised, Is.EqualTo(((int, Signal)[])[(11, signal)]));
        Assert.That(Make.Text(_program), Is.EqualTo("kept\n"));
        Assert.That(Make.Text(_person), Is.EqualTo(echo + "kept\r\n"));
    }

    [Test]
    public void A_new_window_is_told_once()
    {
        Tty.SetWindow(new WindowSize(1, 2));
        Tty.SetWindow(new WindowSize(1, 2));
        Assert.That(_signals.Raised, Is.EqualTo(((int, Signal)[])[(10, Signal.Window)]));
    }

    [Test]
    public void A_background_read_stops_its_group()
    {
        Assert.That(Tty.Attend(_job, reads: true), Is.EqualTo(Errno.Intr));
        Assert.That(_signals.Raised, Is.EqualTo(((int, Signal)[])[(11, Signal.TerminalInput)]));
        _signals.OnAttend = () => Tty.SetForegroundGroup(_shell, 11);
        Assert.That(Tty.Attend(_job, reads: true), Is.EqualTo(Errno.Success), "continued in the foreground");
    }

    [Test]
    public void A_background_write_stops_only_by_TOSTOP_and_a_change_always()
    {
        Assert.That(Tty.Attend(_job, reads: false), Is.EqualTo(Errno.Success));
        Tty.SetSettings(_shell, Tty.Settings with { Local = Tty.Settings.Local | 0x100 }, false);
        Assert.That(Tty.Attend(_job, reads: false), Is.EqualTo(Errno.Intr));
        Tty.SetSettings(_shell, Tty.Settings with { Local = Tty.Settings.Local & ~0x100u }, false);
        Assert.That(Tty.AttendChange(_job), Is.EqualTo(Errno.Intr));
        Assert.That(_signals.Raised, Is.EqualTo(((int, Signal)[])[(11, Signal.TerminalOutput), (11, Signal.TerminalOutput)]));
    }

    [Test]
    public void A_group_that_does_not_hear_the_signal_reads_EIO_and_writes([Values] bool ignores)
    {
        _signals.Ignores = ignores;
        _signals.Blocks = !ignores;
        Assert.That(Tty.Attend(_job, reads: true), Is.EqualTo(Errno.IO));
        Assert.That(Tty.AttendChange(_job), Is.EqualTo(Errno.Success));
        Assert.That(_signals.Raised, Is.Empty);
    }

    [Test]
    public void An_orphaned_group_gets_EIO()
    {
        _families.Add(11, 1, 11, 10);
        Assert.That(Tty.Attend(_job, reads: true), Is.EqualTo(Errno.IO));
        Assert.That(Tty.AttendChange(_job), Is.EqualTo(Errno.IO));
        Assert.That(_signals.Raised, Is.Empty);
    }

    [Test]
    public void The_person_going_is_told_to_the_foreground()
    {
        Tty.SetForegroundGroup(_shell, 11);
        _person.Release();
        Assert.That(_signals.Raised, Is.EqualTo(((int, Signal)[])[(11, Signal.HangUp), (11, Signal.Continue)]));
        Assert.That((Tty.Session, Tty.ForegroundGroup), Is.EqualTo((0, 0)));
    }

    [Test]
    public void The_leader_gives_the_terminal_up()
    {
        Assert.That(Tty.GiveUp(new Process(_kernel, 20)), Is.EqualTo(Errno.NoTty));
        Assert.That(Tty.GiveUp(_job.Process), Is.EqualTo(Errno.Success));
        Assert.That(Tty.Session, Is.EqualTo(10));
        Assert.That(Tty.GiveUp(_shell), Is.EqualTo(Errno.Success));
        Assert.That(Tty.Session, Is.Zero);
        Assert.That(_signals.Raised, Is.EqualTo(((int, Signal)[])[(10, Signal.HangUp), (10, Signal.Continue)]));
    }

    private sealed class Families : ProcessTable
    {
        private readonly Dictionary<int, ProcessStat> _all = [];

        internal void Add(int id, int parent, int group, int session) => _all[id] = new ProcessStat(id, parent, group, session, 'R', null, default);

        public override IReadOnlyList<ProcessStat> List() => [.. _all.Values];

        public override Errno Group(int id, out int group) => Get(id, stat => stat.Group, out group);

        public override Errno Session(int id, out int session) => Get(id, stat => stat.Session, out session);

        private Errno Get(int id, Func<ProcessStat, int> part, out int value)
        {
            bool found = _all.TryGetValue(id, out ProcessStat? stat);
            value = found ? part(stat!) : 0;
            return found ? Errno.Success : Errno.Srch;
        }
    }

    private sealed class Recorder : SignalTable
    {
        internal List<(int Group, Signal Signal)> Raised { get; } = [];

        internal bool Ignores { get; set; }

        internal bool Blocks { get; set; }

        internal Action? OnAttend { get; set; }

        public override void RaiseInGroup(int group, in SignalInfo info) => Raised.Add((group, info.Signal));

        public override SignalSet Mask(GuestThread thread) => Blocks ? SignalSet.Blockable : SignalSet.Empty;

        public override Errno GetAction(Process process, Signal signal, out SignalAction action)
        {
            action = new SignalAction(Ignores ? Disposition.Ignore : Disposition.Default);
            return Errno.Success;
        }

        public override Errno Attend(GuestThread thread)
        {
            OnAttend?.Invoke();
            return OnAttend is null ? Errno.Intr : Errno.Success;
        }
    }
}
