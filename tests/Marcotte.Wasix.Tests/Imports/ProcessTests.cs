using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix.Tests;

[TestFixture]
public sealed class ProcessTests
{
    [TestCase(ChildState.Exited, (byte)7, Signal.None, "1 7 0")]
    [TestCase(ChildState.Signaled, (byte)0, Signal.Terminate, "2 0 15")]
    [TestCase(ChildState.Stopped, (byte)0, Signal.TerminalStop, "3 20 0")]
    public void Joining_tells_what_became_of_a_child(ChildState state, byte code, Signal signal, string expected)
    {
        using Guest guest = new();
        guest.Processes.Report = new WaitReport(12, new WaitStatus(state, code, signal), 0, default);
        guest.Write(Guest.First, new OptionPid { Tag = 1, Value = 12 });
        Assert.That(Processes.ProcJoin(guest.Thread, guest.Memory, new GuestOut<OptionPid>(Guest.First), 2, new GuestOut<JoinStatus>(Guest.Second)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Processes.Waited, Is.EqualTo(new WaitRequest(WaitScope.Process, 12, WaitOptions.Ended | WaitOptions.Stopped)));
        Assert.That(guest.Read<OptionPid>(Guest.First).Value, Is.EqualTo(12));
        byte[] status = guest.Bytes.Slice((int)Guest.Second, 6).ToArray();
        Assert.That($"{status[0]} {status[2]} {status[4]}", Is.EqualTo(expected));
    }

    [Test]
    public void Joining_without_waiting_says_some_child_0_while_they_run()
    {
        using Guest guest = new();
        Assert.That(Processes.ProcJoin(guest.Thread, guest.Memory, new GuestOut<OptionPid>(Guest.First), 1, new GuestOut<JoinStatus>(Guest.Second)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Processes.Waited, Is.EqualTo(new WaitRequest(WaitScope.All, 0, WaitOptions.Ended | WaitOptions.NoWait)));
        Assert.That((guest.Read<OptionPid>(Guest.First).Tag, guest.Read<OptionPid>(Guest.First).Value), Is.EqualTo(((byte)1, 0)));
        Assert.That(guest.Read<JoinStatus>(Guest.Second).Tag, Is.EqualTo(JoinTag.Nothing));
    }

    [TestCase(4u, 0x100u, Errno.Inval)]
    [TestCase(0u, Guest.Size - 4, Errno.Fault)]
    public void Joining_refuses(uint flags, uint pid, Errno expected)
    {
        using Guest guest = new();
        Assert.That(Processes.ProcJoin(guest.Thread, guest.Memory, new GuestOut<OptionPid>(pid), flags, new GuestOut<JoinStatus>(Guest.Second)), Is.EqualTo(expected));
    }

    [Test]
    public void What_cannot_be_doubled_says_so()
    {
        using Guest guest = new();
        Assert.That(Processes.ProcFork(guest.Thread, guest.Memory, 1, new GuestOut<int>(Guest.First)), Is.EqualTo(Errno.NoSys));
        Assert.That(Processes.ProcForkEnv(guest.Thread, guest.Memory, new GuestOut<int>(Guest.First)), Is.EqualTo(Errno.NoSys));
        Assert.That(Stacks.StackCheckpoint(guest.Thread, guest.Memory, new GuestOut<StackSnapshot>(Guest.First), new GuestOut<ulong>(Guest.Second)), Is.EqualTo(Errno.NoSys));
    }

    [Test]
    public void Running_another_program_takes_lists_apart()
    {
        using Guest guest = new();
        guest.Processes.Answer = Errno.NoEnt;
        GuestText name = guest.Text("ls");
        GuestText args = guest.Text("ls\n-l\r\n\nx y\n", Guest.MoreTexts);
        Assert.That(Programs.ProcExec3(guest.Thread, guest.Memory, name, args, new GuestText(0, 99), 1, new GuestText(0, 99)), Is.EqualTo(Errno.NoEnt));
        ExecRequest request = guest.Processes.Executed!;
        Assert.That(request.Arguments.Block.ToArray(), Is.EqualTo("ls\0-l\0x y\0"u8.ToArray()));
        Assert.That(request.Variables, Is.Null);
        Assert.That(request.SearchPath, Is.EqualTo("/usr/local/bin:/bin:/usr/bin"u8.ToArray()));
        Assert.That(request.Path, Is.EqualTo("ls"u8.ToArray()));
    }

    [Test]
    public void A_variable_without_a_value_is_refused()
    {
        using Guest guest = new();
        GuestText name = guest.Text("/bin/ls");
        Assert.That(Programs.ProcExec3(guest.Thread, guest.Memory, name, name, guest.Text("A=1\nB", Guest.MoreTexts), 0, default), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Processes.Executed, Is.Null);
    }

    [Test]
    public void Arguments_beyond_the_limit_are_too_big()
    {
        using Guest guest = new(new Limits { ArgumentBytes = 10 });
        Assert.That(Programs.ProcExec3(guest.Thread, guest.Memory, guest.Text("/bin/ls"), new GuestText(Guest.MoreTexts, 11), default, 0, default), Is.EqualTo(Errno.TooBig));
    }

    [Test]
    public void An_exec_that_cannot_answer_traps_with_the_reason()
    {
        using Guest guest = new();
        guest.Processes.Answer = Errno.Access;
        GuestText name = guest.Text("/bin/ls");
        UnansweredCallException? failure = Assert.Throws<UnansweredCallException>(() => Programs.ProcExec(guest.Thread, guest.Memory, name, name));
        Assert.That(failure!.Message, Is.EqualTo("proc_exec cannot run the program: EACCES."));
    }

    [Test]
    public void Spawning_hands_on_what_is_done_to_descriptors_and_signals()
    {
        using Guest guest = new();
        GuestText name = guest.Text("/bin/cat");
        GuestText path = guest.Text("/etc/passwd", Guest.MoreTexts);
        guest.Write(0x6000, new SpawnOperation { Command = 2, Descriptor = 0, PathAddress = path.Address, PathLength = path.Length, RightsBase = (ulong)Rights.FdRead });
        guest.Write(0x6038, new SpawnOperation { Command = 1, Descriptor = 2, Source = 1 });
        guest.Write(0x7000, new SignalDisposition { Signal = 2, Disposition = 1 });
        guest.Write(0x7002, new SignalDisposition { Signal = 3, Disposition = 0 });
        Errno errno = Spawning.ProcSpawn2(
            guest.Thread, guest.Memory, name, name, default, new GuestSpan<SpawnOperation>(0x6000, 2), new GuestSpan<SignalDisposition>(0x7000, 2), 0, default, new GuestOut<int>(Guest.First));
        Assert.That(errno, Is.EqualTo(Errno.Success));
        SpawnRequest request = guest.Processes.Spawned!;
        Assert.That(request.Actions[0], Is.TypeOf<OpenAction>());
        Assert.That(((OpenAction)request.Actions[0]).Request.Access, Is.EqualTo(AccessModes.Read));
        Assert.That(request.Actions[1], Is.EqualTo(new DuplicateAction(1, 2)));
        Assert.That(request.Ignored, Is.EqualTo(SignalSet.Of(Signal.Interrupt)));
        Assert.That(request.Defaults, Is.EqualTo(SignalSet.Of(Signal.Quit)));
        Assert.That(guest.Read<int>(Guest.First), Is.EqualTo(77));
    }

    [Test]
    public void Spawning_with_pipes_leaves_the_parent_its_ends_alone()
    {
        using Guest guest = new();
        GuestText name = guest.Text("cat");
        Errno errno = Spawning.ProcSpawn(
            guest.Thread, guest.Memory, name, 0, name, default, 0, 0, 2, default, new GuestOut<ProcessHandles>(Guest.First));
        Assert.That(errno, Is.EqualTo(Errno.Success));
        ProcessHandles handles = guest.Read<ProcessHandles>(Guest.First);
        Assert.That((handles.ProcessId, handles.Input.Tag, handles.Output.Tag, handles.Error.Tag), Is.EqualTo((77, (byte)1, (byte)1, (byte)0)));
        Assert.That(guest.Process.Descriptors.Count, Is.EqualTo(2));
        Assert.That(guest.Processes.Spawned!.Actions, Has.Count.EqualTo(3));
    }

    [Test]
    public void Spawning_that_fails_leaves_nothing_open()
    {
        using Guest guest = new();
        guest.Processes.Answer = Errno.NoEnt;
        GuestText name = guest.Text("cat");
        Assert.That(
            Spawning.ProcSpawn(guest.Thread, guest.Memory, name, 0, name, default, 0, 0, 0, default, new GuestOut<ProcessHandles>(Guest.First)),
            Is.EqualTo(Errno.NoEnt));
        Assert.That(guest.Process.Descriptors.Count, Is.Zero);
    }

    [TestCase(Errno.Success, Errno.Success, (byte)1)]
    [TestCase(Errno.Again, Errno.Success, (byte)1)]
    [TestCase(Errno.Intr, Errno.Success, (byte)1)]
    [TestCase(Errno.TimedOut, Errno.Success, (byte)0)]
    [TestCase(Errno.Inval, Errno.Inval, (byte)0xEE)]
    public void A_futex_answers_no_error_but_for_mistakes(Errno found, Errno expected, byte woken)
    {
        using Guest guest = new();
        guest.Processes.Answer = found;
        guest.Write(Guest.First, (byte)0xEE);
        Assert.That(Futexes.FutexWait(guest.Thread, guest.Memory, new GuestOut<uint>(0x800), 5, default, new GuestOut<byte>(Guest.First)), Is.EqualTo(expected));
        Assert.That(guest.Read<byte>(Guest.First), Is.EqualTo(woken));
        Assert.That(guest.Processes.Futex!.Value.Address, Is.EqualTo(0x800u));
    }

    [Test]
    public void Threads_are_started_by_number_or_by_a_negative_errno()
    {
        using Guest guest = new();
        Assert.That(Threads.ThreadSpawn(guest.Thread, 41), Is.EqualTo(42));
        guest.Processes.Answer = Errno.Again;
        Assert.That(Threads.ThreadSpawn(guest.Thread, 41), Is.EqualTo(-WasiErrno.Encode(Errno.Again)));
        Threads.ThreadExit(guest.Thread, 1);
        Assert.That(guest.Thread.Unwinding, Is.TypeOf<ThreadExitException>());
    }
}
