using System.Text;
using Marcotte.Core;
using Marcotte.Core.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace Marcotte.Processes.Tests.Terminals;

/// <summary>termios(3), pty(7), tty_ioctl(4).</summary>
[TestFixture]
public sealed class TerminalTests
{
    private const uint Echo = 8;
    private const uint Canonical = 2;

    private FakeTimeProvider _time = null!;
    private Kernel _kernel = null!;
    private Process _process = null!;
    private OpenFile _person = null!;
    private OpenFile _program = null!;

    private Terminal Tty => _program.Operations.Terminal!;

    [SetUp]
    public void Prepare()
    {
        _time = new FakeTimeProvider();
        _kernel = Make.Kernel(time: _time);
        _process = Make.Process(_kernel);
        Assert.That(_kernel.Anonymous.PseudoTerminal(_kernel, WindowSize.Default, out OpenFile? master, out OpenFile? terminal), Is.EqualTo(Errno.Success));
        (_person, _program) = (master!, terminal!);
    }

    [TearDown]
    public void End() => _kernel.Dispose();

    [TestCase("ab\n", "ab\n", "ab\r\n")]
    [TestCase("ab\r", "ab\n", "ab\r\n", Description = "ICRNL")]
    [TestCase("abc\x7F\x7Fx\n", "ax\n", "abc\b \b\b \bx\r\n", Description = "VERASE")]
    [TestCase("\x7Fx\n", "x\n", "x\r\n", Description = "nothing to erase")]
    [TestCase("ab\x15x\n", "x\n", "ab\b \b\b \bx\r\n", Description = "VKILL")]
    [TestCase("a bc \x17x\n", "a x\n", "a bc \b \b\b \b\b \bx\r\n", Description = "VWERASE")]
    [TestCase("a\x16\x03\n", "a\x03\n", "a^\b^C\r\n", Description = "VLNEXT")]
    [TestCase("ab\u0012c\n", "abc\n", "ab^R\r\nabc\r\n", Description = "VREPRINT")]
    [TestCase("a\x01\x7F\n", "a\n", "a^A\b \b\b \b\r\n", Description = "ECHOCTL is two wide")]
    [TestCase("a\t\x7F\n", "a\n", "a\t\b\b\b\b\b\b\b\r\n", Description = "a tab is as wide as it is")]
    public void A_line_is_edited_before_it_is_read(string typed, string read, string shown)
    {
        Make.Put(_person, typed);
        Assert.That(Make.Text(_program), Is.EqualTo(read));
        Assert.That(Make.Text(_person), Is.EqualTo(shown));
    }

    [Test]
    public void A_terminal_that_was_made_waits_for_its_first_program()
    {
        SpecialFile maker = _kernel.Anonymous.TerminalMaker!;
        Assert.That(maker.Open(_process, AccessModes.ReadWrite, StatusFlags.None, out FileOperations? operations), Is.EqualTo(Errno.Success));
        OpenFile person = new(operations!, AccessModes.ReadWrite);
        Assert.That(person.Read(new byte[1], out _), Is.EqualTo(Errno.Again));
        SpecialFile node = _kernel.Anonymous.TerminalFile(operations!.Terminal!.Number)!;
        Assert.That(node.Open(_process, AccessModes.ReadWrite, StatusFlags.None, out FileOperations? program), Is.EqualTo(Errno.Success));
        new OpenFile(program!, AccessModes.ReadWrite).Release();
        Assert.That(person.Read(new byte[1], out _), Is.EqualTo(Errno.IO));
        person.Release();
        Assert.That(_kernel.Anonymous.TerminalFile(operations.Terminal.Number), Is.Null);
    }

    [Test]
    public void Nothing_is_read_before_the_line_ends_and_then_one_line_at_a_time()
    {
        Make.Put(_person, "one");
        Assert.That(_program.Poll(), Is.EqualTo(Readiness.Out));
        Assert.That(Make.Text(_program), Is.EqualTo("Again"));
        Make.Put(_person, "\ntwo\n");
        Assert.That(Tty.Readable, Is.EqualTo(4));
        Assert.That(Make.Text(_program, 2), Is.EqualTo("on"));
        Assert.That(Make.Text(_program), Is.EqualTo("e\n"));
        Assert.That(Make.Text(_program), Is.EqualTo("two\n"));
    }

    [Test]
    public void End_of_file_ends_a_line_without_a_byte()
    {
        Make.Put(_person, "ab\x04\x04");
        Assert.That(Make.Text(_program, 2), Is.EqualTo("ab"));
        Assert.That(Make.Text(_program), Is.Empty);
        Assert.That(Make.Text(_program), Is.EqualTo("Again"));
    }

    [Test]
    public void A_character_of_several_bytes_is_erased_as_one()
    {
        Set(settings => settings with { Input = settings.Input | 0x4000 });
        Make.Put(_person, Encoding.Latin1.GetString("aé\u007F\n"u8));
        Assert.That(Make.Text(_program), Is.EqualTo("a\n"));
        Assert.That(Make.Text(_person), Is.EqualTo("a\u00C3\u00A9\b \b\r\n"));
    }

    [Test]
    public void A_line_that_is_too_long_keeps_its_beginning_and_its_end()
    {
        Set(settings => settings with { Local = settings.Local & ~Echo });
        Make.Put(_person, new string('x', 6000) + "\n");
        Assert.That(Make.Text(_program), Is.EqualTo(new string('x', 4095) + "\n"));
    }

    [Test]
    public void What_is_typed_and_not_read_has_a_limit()
    {
        Set(settings => settings with { Local = 0 });
        Assert.That(_person.Write(new byte[100_000], out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.LessThan(20_000));
        Assert.That(_person.Write(new byte[1], out _), Is.EqualTo(Errno.Again));
        Assert.That(_person.Poll() & Readiness.Out, Is.EqualTo(Readiness.None));
        _program.Read(new byte[10], out _);
        Assert.That(_person.Write(new byte[10], out count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(10));
    }

    [Test]
    public void What_is_written_and_not_taken_has_a_limit()
    {
        Assert.That(_program.Write(new byte[100_000], out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.LessThan(100_000));
        Assert.That(_program.Write(new byte[1], out _), Is.EqualTo(Errno.Again));
        _person.Read(new byte[100_000], out _);
        Assert.That(_program.Poll(), Is.EqualTo(Readiness.Out));
    }

    [Test]
    public void Programs_hold_output_and_let_it_go()
    {
        Assert.That(Tty.Flow(FlowAction.StopOutput), Is.EqualTo(Errno.Success));
        Assert.That(_program.Write("a"u8, out _), Is.EqualTo(Errno.Again));
        Make.Put(_person, "\u0011");
        Assert.That(_program.Write("a"u8, out _), Is.EqualTo(Errno.Again), "START does not let go what a program holds");
        Assert.That(Tty.Flow(FlowAction.StartOutput), Is.EqualTo(Errno.Success));
        Make.Put(_program, "a");
        Make.Put(_person, "\u0013");
        Tty.Flow(FlowAction.StartOutput);
        Assert.That(_program.Write("b"u8, out _), Is.EqualTo(Errno.Again), "nor does a program what it did not hold");
        Tty.Flow(FlowAction.StopOutput);
        Tty.Flow(FlowAction.StartOutput);
        Make.Put(_program, "b");
        Assert.That(Make.Text(_person), Is.EqualTo("ab"));
    }

    [Test]
    public void Programs_send_stop_and_start()
    {
        Make.Put(_person, "\u0013");
        Tty.Flow(FlowAction.SendStop);
        Tty.Flow(FlowAction.SendStart);
        Tty.Flow(FlowAction.StopOutput);
        Tty.Flow(FlowAction.SendStart);
        Assert.That(Make.Text(_person), Is.EqualTo("\u0013\u0011"));
        _person.Release();
        Assert.That(Tty.Flow(FlowAction.StartOutput), Is.EqualTo(Errno.IO));
    }

    [TestCase(0x5u, "a\nb\r", "a\r\nb\r", Description = "ONLCR")]
    [TestCase(0x0u, "a\nb", "a\nb")]
    [TestCase(0x9u, "a\r", "a\n", Description = "OCRNL")]
    [TestCase(0x11u, "\ra\r", "a\r", Description = "ONOCR")]
    [TestCase(0x1801u, "a\tb", "a       b", Description = "XTABS")]
    [TestCase(0x3u, "aZ", "AZ", Description = "OLCUC")]
    public void Output_is_processed(uint flags, string written, string shown)
    {
        Set(settings => settings with { Output = flags });
        Make.Put(_program, written);
        Assert.That(Make.Text(_person), Is.EqualTo(shown));
    }

    [TestCase(0x40u, "\n", "\r", Description = "INLCR")]
    [TestCase(0x80u, "a\r", "a", Description = "IGNCR")]
    [TestCase(0x20u, "\xE1", "a", Description = "ISTRIP")]
    public void Input_is_processed(uint flags, string typed, string read)
    {
        Set(settings => settings with { Input = flags, Local = 0 });
        Make.Put(_person, typed);
        Assert.That(Make.Text(_program), Is.EqualTo(read));
    }

    [Test]
    public void Output_stops_and_starts()
    {
        Make.Put(_person, "\x13");
        Assert.That(Make.Put(_program, "x"), Is.EqualTo(Errno.Again));
        Assert.That(_program.Poll(), Is.EqualTo(Readiness.None));
        Make.Put(_person, "\x11");
        Assert.That(Make.Put(_program, "x"), Is.EqualTo(Errno.Success));
        Assert.That(Make.Text(_person), Is.EqualTo("x"));
    }

    [Test]
    public void Raw_reads_wait_for_VMIN_bytes()
    {
        Raw(minimum: 3, time: 0);
        Make.Put(_person, "ab");
        Assert.That(_program.Poll(), Is.EqualTo(Readiness.Out));
        Assert.That(Make.Text(_program), Is.EqualTo("Again"));
        Make.Put(_person, "c");
        Assert.That(Make.Text(_program), Is.EqualTo("abc"));
        Make.Put(_person, "d");
        Assert.That(Make.Text(_program, 1), Is.EqualTo("d"), "a read of less waits for less");
        Raw(minimum: 0, time: 0);
        Assert.That(Make.Text(_program), Is.Empty);
    }

    [Test]
    public void Raw_reads_wait_VTIME_for_a_first_byte()
    {
        Raw(minimum: 0, time: 5);
        Assert.That(Make.Text(_program), Is.EqualTo("Again"));
        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.That(Make.Text(_program), Is.EqualTo("Again"));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(_program.Poll(), Is.EqualTo(Readiness.In | Readiness.Out));
        Assert.That(Make.Text(_program), Is.Empty);
        Assert.That(Make.Text(_program), Is.EqualTo("Again"));
        Make.Put(_person, "x");
        Assert.That(Make.Text(_program), Is.EqualTo("x"));
    }

    [Test]
    public void Raw_reads_wait_VTIME_between_bytes()
    {
        Raw(minimum: 3, time: 5);
        Assert.That(Make.Text(_program), Is.EqualTo("Again"));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(Make.Text(_program), Is.EqualTo("Again"), "time runs from the first byte");
        Make.Put(_person, "a");
        _time.Advance(TimeSpan.FromMilliseconds(400));
        Make.Put(_person, "b");
        _time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.That(Make.Text(_program), Is.EqualTo("Again"));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.That(Make.Text(_program), Is.EqualTo("ab"));
    }

    [Test]
    public void The_unfinished_line_is_readable_in_raw_mode_and_is_a_line_again_after()
    {
        Make.Put(_person, "ab");
        Raw(minimum: 1, time: 0);
        Assert.That(Make.Text(_program, 1), Is.EqualTo("a"));
        Set(settings => settings with { Local = settings.Local | Canonical });
        Make.Put(_person, "c\n");
        Assert.That(Make.Text(_program), Is.EqualTo("b"));
        Assert.That(Make.Text(_program), Is.EqualTo("c\n"));
    }

    [Test]
    public void Flushing_throws_away()
    {
        Make.Put(_person, "typed\n");
        Tty.Flush(input: true, output: true);
        Assert.That((Make.Text(_program), Make.Text(_person)), Is.EqualTo(("Again", "Again")));
        Make.Put(_person, "typed\n");
        Tty.SetSettings(_process, Tty.Settings, flush: true);
        Assert.That(Make.Text(_program), Is.EqualTo("Again"));
    }

    [Test]
    public void When_the_person_goes_reads_end_and_writes_fail()
    {
        Make.Put(_person, "lost\n");
        _person.Release();
        Assert.That(Make.Text(_program), Is.Empty);
        Assert.That(Make.Put(_program, "x"), Is.EqualTo(Errno.IO));
        Assert.That(_program.Poll(), Is.EqualTo(Readiness.In | Readiness.Out | Readiness.Error | Readiness.HangUp));
        Assert.That(_kernel.Anonymous.TerminalFile(0), Is.Null);
    }

    [Test]
    public void When_the_programs_have_gone_the_person_reads_the_rest_and_then_EIO()
    {
        Make.Put(_program, "bye");
        _program.Release();
        Assert.That(_person.Poll() & Readiness.HangUp, Is.EqualTo(Readiness.HangUp));
        Assert.That(Make.Text(_person), Is.EqualTo("bye"));
        Assert.That(Make.Text(_person), Is.EqualTo("IO"));
        Assert.That(_kernel.Anonymous.TerminalFile(0)!.Open(_process, AccessModes.ReadWrite, StatusFlags.None, out _), Is.EqualTo(Errno.Success));
        Assert.That(Make.Text(_person), Is.EqualTo("Again"));
    }

    [Test]
    public void Numbers_are_the_lowest_free_and_limited()
    {
        Assert.That((Tty.Number, Encoding.ASCII.GetString(Tty.Path.Span)), Is.EqualTo((0, "/dev/pts/0")));
        List<OpenFile> made = [];
        while (_kernel.Anonymous.PseudoTerminal(_kernel, WindowSize.Default, out OpenFile? master, out OpenFile? terminal) == Errno.Success)
        {
            made.AddRange([master!, terminal!]);
        }

        Assert.That(made, Has.Count.EqualTo(2 * (Limits.Default.Terminals - 1)));
        made[2].Release();
        Assert.That(_kernel.Anonymous.PseudoTerminal(_kernel, WindowSize.Default, out _, out _), Is.EqualTo(Errno.NoSpc));
        made[3].Release();
        _kernel.Anonymous.PseudoTerminal(_kernel, WindowSize.Default, out OpenFile? again, out _);
        Assert.That(again!.Operations.Terminal!.Number, Is.EqualTo(2));
    }

    [Test]
    public async Task A_host_types_and_sees()
    {
        using PseudoTerminal terminal = PseudoTerminal.Create(_kernel, new WindowSize(10, 20));
        byte[] buffer = new byte[100];
        ValueTask<int> seen = terminal.ReadAsync(buffer);
        Assert.That(seen.IsCompleted, Is.False);
        Make.Put(terminal.Terminal, "$ ");
        int count = await seen.AsTask().WaitAsync(Make.Patience);
        Assert.That(Encoding.ASCII.GetString(buffer, 0, count), Is.EqualTo("$ "));
        Task typed = terminal.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(new string('x', 99) + "\n", 200)))).AsTask();
        Assert.That(typed.IsCompleted, Is.False, "nobody reads");
        GuestThread thread = Make.Thread(_kernel);
        for (int line = 0; line < 200; line++)
        {
            Assert.That(Make.ReadSome(thread, terminal.Terminal, buffer), Is.EqualTo(100));
        }

        await typed.WaitAsync(Make.Patience);
        terminal.Resize(new WindowSize(30, 40));
        Assert.That(terminal.Terminal.Operations.Terminal!.Window, Is.EqualTo(new WindowSize(30, 40)));
        terminal.Dispose();
        Assert.That(Make.Text(terminal.Terminal), Is.Empty);
    }

    private void Set(Func<TerminalSettings, TerminalSettings> change) =>
        Assert.That(Tty.SetSettings(_process, change(Tty.Settings), flush: false), Is.EqualTo(Errno.Success));

    private void Raw(byte minimum, byte time) => Set(settings =>
    {
        ControlCharacters characters = settings.Characters;
        characters[6] = minimum;
        characters[5] = time;
        return settings with { Local = 0, Characters = characters };
    });
}
