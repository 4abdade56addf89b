using Marcotte.Core;

namespace Marcotte.Wasix.Tests;

/// <summary>Families 1, 2, 3 and 6, against fakes.</summary>
[TestFixture]
public sealed class ProcessOperationTests
{
    [Test]
    public void Ids_of_the_process_and_of_others()
    {
        using Guest guest = new();
        Assert.That(guest.Call(0x0101, new Request(), out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That((reply.Int(), reply.Int(), reply.Int(), reply.Int(), reply.Int()), Is.EqualTo((1, 0, 41, 51, 1)));
        Assert.That(guest.Call(0x0102, new Request().Int(0), out reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.Int(), Is.EqualTo(41));
        Assert.That(guest.Call(0x0102, new Request().Int(10)), Is.EqualTo(Errno.Srch));
        Assert.That(guest.Call(0x0103, new Request().Int(0).Int(0)), Is.EqualTo(Errno.NoSys));
    }

    [Test]
    public void Credentials_change_as_posix_says()
    {
        using Guest guest = new();
        Assert.That(guest.Call(0x0109, new Request().UInt(2).UInt(8).UInt(9)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0107, new Request().UInt(2).UInt(1).UInt(2).UInt(3)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0106, new Request(), out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That((reply.UInt(), reply.UInt(), reply.UInt(), reply.UInt()), Is.EqualTo((1u, 2u, 3u, 0u)));
        Assert.That(guest.Call(0x0107, new Request().UInt(0).UInt(4).UInt(0).UInt(0)), Is.EqualTo(Errno.Perm));
        Assert.That(guest.Call(0x0107, new Request().UInt(6).UInt(3).UInt(0).UInt(0)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0107, new Request().UInt(6).UInt(uint.MaxValue).UInt(0).UInt(0)), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Call(0x0107, new Request().UInt(8).UInt(0).UInt(0).UInt(0)), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Process.Credentials.UserId, Is.EqualTo(3));
        Assert.That(guest.Call(0x0108, new Request(), out reply), Is.EqualTo(Errno.Success));
        Assert.That((reply.UInt(), reply.UInt(), reply.UInt()), Is.EqualTo((2u, 8u, 9u)));
        Assert.That(guest.Call(0x0109, new Request().UInt(0)), Is.EqualTo(Errno.Perm));
        Assert.That(guest.Call(0x010C, new Request().UInt(0).Text("other")), Is.EqualTo(Errno.Perm));
    }

    [Test]
    public void Names_masks_and_the_machine()
    {
        using Guest guest = new();
        Assert.That(guest.Call(0x010A, new Request().UInt(0xFFFF), out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.UInt(), Is.EqualTo(0x12));
        guest.Call(0x010A, new Request().UInt(uint.MaxValue), out reply);
        Assert.That(reply.UInt(), Is.EqualTo(0x1FF));
        Assert.That(guest.Call(0x010C, new Request().UInt(0).Text("mine")), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x010C, new Request().UInt(0).Text(new string('x', 65))), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Call(0x010B, new Request(), out reply), Is.EqualTo(Errno.Success));
        Assert.That((reply.Text(), reply.Text(), reply.Text(), reply.Text(), reply.Text(), reply.Text()), Is.EqualTo(("Marcotte", "mine", "1", "#1", "wasm32", "(none)")));
        Assert.That(guest.Call(0x010D, new Request().Text("a name that is too long")), Is.EqualTo(Errno.Success));
        guest.Call(0x010E, new Request(), out reply);
        Assert.That(reply.Text(), Is.EqualTo("a name that is "));
        Assert.That(guest.Call(0x0209, new Request(), out reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.Length, Is.EqualTo(56));
    }

    [Test]
    public void Waiting_tells_the_status_word()
    {
        using Guest guest = new();
        guest.Processes.Report = new WaitReport(5, WaitStatus.Signaled(Signal.Kill), 9, new ResourceUsage(2_000_000, 4096, 1, 3));
        Assert.That(guest.Call(0x0201, new Request().UInt(2).Int(0).UInt(4 | 1 | 0x0100_0000), out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That(guest.Processes.Waited, Is.EqualTo(new WaitRequest(WaitScope.Group, 41, WaitOptions.Ended | WaitOptions.NoWait | WaitOptions.Keep)));
        Assert.That((reply.Length, reply.Int(), reply.Int(), reply.UInt(), reply.Long(), reply.Long(), reply.Long()), Is.EqualTo((84, 5, 9, 9u, 2000L, 0L, 4L)));
        Assert.That(guest.Call(0x0201, new Request().UInt(0).Int(0).UInt(1)), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Call(0x0201, new Request().UInt(3).Int(0).UInt(4)), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Call(0x0202, new Request().Int(0), out reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.Length, Is.EqualTo(72));
        Assert.That(guest.Call(0x0202, new Request().Int(2)), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Call(0x0203, new Request(), out reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.Length, Is.EqualTo(40));
        Assert.That(guest.Call(0x0204, new Request().Int(0).UInt(16).UInt(0).Long(0).Long(0)), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Call(0x0205, new Request().UInt(3).Int(0)), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void Programs_are_run_by_lists_that_may_hold_anything()
    {
        using Guest guest = new();
        guest.Processes.Answer = Errno.NoEnt;
        Request request = new Request().Int(-100).Text("/bin/echo").List("echo", string.Empty, "a\nb").List("A=1").UInt(0);
        Assert.That(guest.Call(0x0207, request), Is.EqualTo(Errno.NoEnt));
        Assert.That(guest.Processes.Executed!.Arguments.Block.ToArray(), Is.EqualTo("echo\0\0a\nb\0"u8.ToArray()));
        Assert.That(guest.Processes.Executed.SearchPath, Is.Null);
        int fd = guest.Open(new FakePipe());
        Assert.That(guest.Call(0x0207, new Request().Int(fd).Text(string.Empty).List().List().UInt(0x1000)), Is.EqualTo(Errno.NoEnt));
        Assert.That(guest.Processes.Executed.Path, Is.EqualTo("/dev/fd/0"u8.ToArray()));
        Assert.That(guest.Call(0x0207, new Request().Int(9).Text("x").List().List().UInt(0)), Is.EqualTo(Errno.BadF));
        Assert.That(guest.Call(0x0207, new Request().Int(-100).Text("x").UInt(2).UInt(2).Put(65, 0).List().UInt(0)), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void Spawning_says_all_of_posix_spawn()
    {
        using Guest guest = new();
        Request request = new Request().Text("sh").Text("/bin:/usr/bin").List("sh").List().UInt(2 | 4 | 8 | 0x80).Int(0).Long(0x1FF).Long(2).UInt(3)
            .UInt(2).Int(1).Int(0).UInt(0x241).UInt(0x1A4).Text("/out")
            .UInt(1).Int(2).Int(1).UInt(0).UInt(0).Text(string.Empty)
            .UInt(5).Int(0).Int(0).UInt(0).UInt(0).Text(string.Empty);
        Assert.That(guest.Call(0x0208, request, out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.Int(), Is.EqualTo(77));
        SpawnRequest spawned = guest.Processes.Spawned!;
        Assert.That((spawned.Group, spawned.NewSession, spawned.Mask!.Value.Bits, spawned.Defaults.Bits), Is.EqualTo((0, true, 0xFFul, 2ul)));
        OpenRequest opened = ((OpenAction)spawned.Actions[0]).Request;
        Assert.That((opened.Flags, opened.Access, opened.Mode), Is.EqualTo((OpenFlags.Create | OpenFlags.Truncate, AccessModes.Write, (ushort)0x1A4)));
        Assert.That(spawned.Actions[1], Is.EqualTo(new DuplicateAction(1, 2)));
        Assert.That(spawned.Actions[2], Is.EqualTo(new ForegroundAction(0)));
    }

    [Test]
    public void Signals_are_sent_and_told_of()
    {
        using Guest guest = new();
        Assert.That(guest.Call(0x0301, new Request().Int(-5).UInt(10).UInt(1).UInt(6)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0301, new Request().Int(99).UInt(0).UInt(0).UInt(6)), Is.EqualTo(Errno.Srch));
        Assert.That(guest.Call(0x0301, new Request().Int(1).UInt(65).UInt(0).UInt(0)), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Call(0x0309, new Request().Int(1).UInt(15)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Signals.Calls, Is.EqualTo(new[] { "send -5 User1 6", "send 99 None ", "thread 1 Terminate" }));
        Assert.That(guest.Call(0x0307, new Request()), Is.EqualTo(Errno.NoEnt));
        guest.Signals.Running = new SignalInfo(Signal.Child, SignalCause.ChildExited, 12, 3, 7);
        Assert.That(guest.Call(0x0307, new Request(), out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That((reply.Length, reply.Int(), reply.Int(), reply.Int(), reply.Int(), reply.UInt(), reply.Int()), Is.EqualTo((48, 17, 1, 0, 12, 3u, 7)));
    }

    [Test]
    public void Actions_masks_and_timers_are_told_as_they_were()
    {
        using Guest guest = new();
        Assert.That(guest.Call(0x0302, new Request().UInt(15).UInt(1).UInt(2).UInt(0x1000_0000).Long(-1), out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That((reply.Length, reply.UInt()), Is.EqualTo((16, 0u)));
        Assert.That(guest.Call(0x0302, new Request().UInt(15).UInt(0).UInt(0).UInt(0).Long(0), out reply), Is.EqualTo(Errno.Success));
        Assert.That((reply.UInt(), reply.UInt(), (ulong)reply.Long()), Is.EqualTo((2u, 0x1000_0000u, SignalSet.Blockable.Bits)));
        Assert.That(guest.Call(0x0302, new Request().UInt(9).UInt(1).UInt(0).UInt(0).Long(0)), Is.EqualTo(Errno.Inval));
        Assert.That(guest.Call(0x0302, new Request().UInt(9).UInt(0).UInt(0).UInt(0).Long(0)), Is.EqualTo(Errno.Success));
        guest.Signals.Blocked = new SignalSet(6);
        Assert.That(guest.Call(0x0303, new Request().UInt(2).Long(0x1FF), out reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.Long(), Is.EqualTo(6));
        Assert.That(guest.Signals.Calls, Is.EqualTo(new[] { "mask Set FF" }));
        Assert.That(guest.Call(0x0304, new Request(), out reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.Long(), Is.EqualTo(6));
        guest.Signals.Timer = new TimerSetting(1, 5000);
        Assert.That(guest.Call(0x0308, new Request().UInt(0).UInt(1).Long(3).Long(2), out reply), Is.EqualTo(Errno.Success));
        Assert.That((reply.Long(), reply.Long()), Is.EqualTo((5L, 1L)));
        Assert.That(guest.Signals.Calls[^1], Is.EqualTo("timer Real 2000 3000"));
        Assert.That(guest.Call(0x0308, new Request().UInt(0).UInt(1).Long(-3).Long(2)), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void Terminals_are_told_set_and_given()
    {
        using Guest guest = new();
        FakeTerminal terminal = new();
        int fd = guest.Open(new FakeTerminal.File(terminal));
        Assert.That(guest.Call(0x0601, new Request().Int(fd), out Reply settings), Is.EqualTo(Errno.Success));
        Assert.That(settings.Length, Is.EqualTo(44));
        Assert.That((settings.UInt(), settings.UInt(), settings.UInt(), settings.UInt()), Is.EqualTo((0x500u, 5u, 0xBFu, 0x8A3Bu)));
        Assert.That((settings.Bytes[17], settings.Bytes[35]), Is.EqualTo(((byte)3, (byte)9)));
        Assert.That(settings.Skip(20).UInt(), Is.EqualTo(38400));
        byte[] changed = settings.Bytes;
        BitConverter.GetBytes(115200).CopyTo(changed, 40);
        Assert.That(guest.Call(0x0602, new Request().Int(fd).UInt(2).Put(changed)), Is.EqualTo(Errno.Success));
        Assert.That(terminal.Settings.Control, Is.EqualTo(0x10B2u));
        Assert.That(guest.Call(0x0603, new Request().Int(fd), out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That((reply.UShort(), reply.UShort(), reply.UShort(), reply.UShort()), Is.EqualTo(((ushort)24, (ushort)80, (ushort)640, (ushort)480)));
        Assert.That(guest.Call(0x0604, new Request().Int(fd).UShort(30).UShort(90).UShort(0).UShort(0)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0605, new Request().Int(fd), out reply), Is.EqualTo(Errno.Success));
        Assert.That(reply.Int(), Is.EqualTo(6));
        Assert.That(guest.Call(0x0606, new Request().Int(fd).Int(8)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Call(0x0608, new Request().Int(fd).UInt(1)), Is.EqualTo(Errno.Perm));
        Assert.That(guest.Call(0x0609, new Request().Int(fd).UInt(2)), Is.EqualTo(Errno.Success));
        Assert.That(terminal.Calls, Is.EqualTo(new[] { "changes", "set True", "window 30 90", "changes", "group 8", "changes", "flush True True" }));
        Assert.That(guest.Call(0x060B, new Request().Int(fd)), Is.EqualTo(Errno.NoTty));
        Assert.That(guest.Call(0x060C, new Request().Int(fd)), Is.EqualTo(Errno.NoDev));
        int pipe = guest.Open(new FakePipe());
        foreach (int operation in new[] { 0x0601, 0x0603, 0x0605, 0x0607, 0x060B, 0x060C })
        {
            Assert.That(guest.Call(operation, new Request().Int(pipe)), Is.EqualTo(Errno.NoTty), $"{operation:X4}");
            Assert.That(guest.Call(operation, new Request().Int(99)), Is.EqualTo(Errno.BadF), $"{operation:X4}");
        }
    }
}
