using System.Text;
using Marcotte.Core;

namespace Marcotte.Processes.Tests;

[TestFixture]
public sealed class ProgramTests
{
    private static ExecRequest Request(string path, params string[] arguments) =>
        new() { Path = Encoding.UTF8.GetBytes(path), Arguments = new ByteStrings(arguments) };

    /// <summary>Runs a program as a child, and answers its exit code.</summary>
    private static int Exec(HostContext context, ExecRequest request)
    {
        int id = context.Fork(child => 200 + (int)child.Kernel.Processes.Execute(child.Thread, request));
        return context.Await(id).Code;
    }

    private static ProcessEnd Run(Func<TestBox, HostContext, int> main, Limits? limits = null)
    {
        TestBox? box = null;
        using TestBox made = box = new TestBox(context => main(box!, context), limits);
        return made.Run();
    }

    [Test]
    public void A_program_is_given_arguments_and_variables()
    {
        Run((box, context) =>
        {
            box.Files.Add("/bin/show", child =>
            {
                Assert.That(child.Arguments, Is.EqualTo(new[] { "show", "a", "" }));
                Assert.That(child.Variables["K"], Is.EqualTo("v"));
                Assert.That(Encoding.UTF8.GetString(child.Process.ProgramPath.Span), Is.EqualTo("/bin/show"));
                Assert.That(Encoding.UTF8.GetString(child.Process.Name.Span), Is.EqualTo("show"));
                return 5;
            });
            Assert.That(Exec(context, Request("/bin/show", "show", "a", "") with { Variables = new ByteStrings(["K=v"]) }), Is.EqualTo(5));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Exec_keeps_the_number_and_forgets_handlers_but_not_what_is_ignored_or_blocked()
    {
        Run((box, context) =>
        {
            box.Files.Add("/bin/look", child =>
            {
                SignalTable signals = child.Kernel.Signals;
                signals.GetAction(child.Process, Signal.User1, out SignalAction handled);
                signals.GetAction(child.Process, Signal.User2, out SignalAction ignored);
                Assert.That(handled.Disposition, Is.EqualTo(Disposition.Default));
                Assert.That(ignored.Disposition, Is.EqualTo(Disposition.Ignore));
                Assert.That(signals.Mask(child.Thread), Is.EqualTo(Asking.Set(Signal.Terminate)));
                Assert.That(signals.Pending(child.Thread), Is.EqualTo(Asking.Set(Signal.Terminate)));
                Assert.That(child.Process.Descriptors.TryGet(3, out _), Is.False, "closed on exec");
                Assert.That(child.Process.Descriptors.TryGet(4, out _), Is.True);
                return child.Process.Id;
            });
            int id = context.Fork(child =>
            {
                child.Process.Descriptors.Set(new Descriptor(new OpenFile(new Nothing(), AccessModes.Read)) with { CloseOnExec = true }, 3);
                child.Process.Descriptors.Set(new Descriptor(new OpenFile(new Nothing(), AccessModes.Read)), 4);
                SignalTable signals = child.Kernel.Signals;
                child.Handle(Signal.User1, _ => { });
                signals.SetAction(child.Process, Signal.User2, new SignalAction(Disposition.Ignore));
                signals.ChangeMask(child.Thread, MaskChange.Block, Asking.Set(Signal.Terminate));
                signals.SendToThread(child.Thread, child.Process.Id, Signal.Terminate);
                return (int)child.Kernel.Processes.Execute(child.Thread, Request("/bin/look", "look"));
            });
            Assert.That(context.Await(id), Is.EqualTo(WaitStatus.Exited((uint)id)));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void What_cannot_be_run_says_why()
    {
        Run(
            (box, context) =>
            {
                box.Files.AddText("/bin/text", "no program");
                box.Files.AddText("/bin/empty", "");
                box.Files.AddText("/bin/hash", "#!   \n");
                box.Files.AddText("/bin/long", "#!" + new string('x', 300));
                box.Files.Refuse("/bin/refused", Errno.Access);
                Assert.That(Exec(context, Request("/bin/none", "x")), Is.EqualTo(200 + (int)Errno.NoEnt));
                Assert.That(Exec(context, Request("", "x")), Is.EqualTo(200 + (int)Errno.NoEnt));
                Assert.That(Exec(context, Request("/bin/text", "x")), Is.EqualTo(200 + (int)Errno.NoExec));
                Assert.That(Exec(context, Request("/bin/empty", "x")), Is.EqualTo(200 + (int)Errno.NoExec));
                Assert.That(Exec(context, Request("/bin/hash", "x")), Is.EqualTo(200 + (int)Errno.NoExec));
                Assert.That(Exec(context, Request("/bin/long", "x")), Is.EqualTo(200 + (int)Errno.NoExec));
                Assert.That(Exec(context, Request("/bin/refused", "x")), Is.EqualTo(200 + (int)Errno.Access));
                Assert.That(Exec(context, Request("/bin/text", new string('x', 1000))), Is.EqualTo(200 + (int)Errno.TooBig));
                return 0;
            },
            Limits.Default with { ArgumentBytes = 1000 }).ShouldExit();
    }

    [Test]
    public void A_script_is_given_to_its_interpreter()
    {
        Run((box, context) =>
        {
            string[] got = [];
            box.Files.Add("/bin/sh", child =>
            {
                got = [.. child.Arguments];
                return child.Process.Name.Span.SequenceEqual("script"u8) ? 0 : 1;
            });
            box.Files.AddText("/script", "#! /bin/sh  -e  -x \necho\n");
            Assert.That(Exec(context, Request("/script", "ignored", "one")), Is.Zero);
            Assert.That(got, Is.EqualTo(new[] { "/bin/sh", "-e  -x", "/script", "one" }));
            box.Files.AddText("/script", "#!/bin/sh");
            Assert.That(Exec(context, Request("/script", "ignored")), Is.Zero);
            Assert.That(got, Is.EqualTo(new[] { "/bin/sh", "/script" }));
            return 0;
        }).ShouldExit();
    }

    [TestCase(4, ExpectedResult = 9)]
    [TestCase(5, ExpectedResult = 200 + (int)Errno.Loop)]
    public int Interpreters_have_interpreters_up_to_four_deep(int depth)
    {
        int code = 0;
        Run((box, context) =>
        {
            box.Files.Add("/0", _ => 9);
            for (int i = 1; i <= depth; i++)
            {
                box.Files.AddText($"/{i}", $"#!/{i - 1}\n");
            }

            code = Exec(context, Request($"/{depth}", "x"));
            return 0;
        }).ShouldExit();
        return code;
    }

    [Test]
    public void A_name_is_looked_for_along_the_search_path()
    {
        Run((box, context) =>
        {
            box.Files.Add("/b/tool", _ => 1);
            box.Files.Add("here", _ => 2);
            box.Files.Refuse("/r/tool", Errno.Access);
            box.Files.Refuse("/r/other", Errno.Access);
            box.Files.Refuse("/l/tool", Errno.Loop);
            Assert.That(Exec(context, Request("tool", "x") with { SearchPath = "/a:/r:/b"u8.ToArray() }), Is.EqualTo(1));
            Assert.That(Exec(context, Request("here", "x") with { SearchPath = "/a:"u8.ToArray() }), Is.EqualTo(2));
            Assert.That(Exec(context, Request("other", "x") with { SearchPath = "/r:/b"u8.ToArray() }), Is.EqualTo(200 + (int)Errno.Access));
            Assert.That(Exec(context, Request("none", "x") with { SearchPath = "/r:/b"u8.ToArray() }), Is.EqualTo(200 + (int)Errno.NoEnt));
            Assert.That(Exec(context, Request("tool", "x") with { SearchPath = "/l:/b"u8.ToArray() }), Is.EqualTo(200 + (int)Errno.Loop));
            Assert.That(Exec(context, Request("./tool", "x") with { SearchPath = "/b"u8.ToArray() }), Is.EqualTo(200 + (int)Errno.NoEnt));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void Spawn_shapes_the_child()
    {
        Run((box, context) =>
        {
            box.Files.Add("/bin/child", child =>
            {
                child.Kernel.Processes.Group(child.Process.Id, out int group);
                child.Kernel.Signals.GetAction(child.Process, Signal.User1, out SignalAction ignored);
                child.Kernel.Signals.GetAction(child.Process, Signal.User2, out SignalAction reset);
                bool files = child.Process.Descriptors.TryGet(7, out _) && !child.Process.Descriptors.TryGet(3, out _)
                    && child.Process.Descriptors.TryGet(8, out _) && child.Process.Descriptors.TryGet(4, out _) && !child.Process.Descriptors.TryGet(5, out _);
                return group == child.Process.Id && child.Kernel.Signals.Mask(child.Thread) == Asking.Set(Signal.HangUp)
                    && ignored.Disposition == Disposition.Ignore && reset.Disposition == Disposition.Default && files ? 0 : 1;
            });
            box.Files.AddText("/data", "");
            context.Kernel.Signals.SetAction(context.Process, Signal.User2, new SignalAction(Disposition.Ignore));
            foreach (int number in new[] { 3, 4, 5 })
            {
                context.Process.Descriptors.Set(new Descriptor(new OpenFile(new Nothing(), AccessModes.Read)) with { CloseOnExec = number > 3 }, number);
            }

            SpawnRequest request = new()
            {
                Program = Request("/bin/child", "child"),
                Actions = [new DuplicateAction(3, 7), new CloseAction(3), new CloseAction(99), new OpenAction(8, "/data"u8.ToArray(), new OpenRequest(OpenFlags.None, AccessModes.Read)), new DuplicateAction(4, 4)],
                Group = 0,
                Mask = Asking.Set(Signal.HangUp, Signal.Kill),
                Ignored = Asking.Set(Signal.User1),
                Defaults = Asking.Set(Signal.User2),
            };
            Assert.That(context.Kernel.Processes.Spawn(context.Thread, request, out int id), Is.EqualTo(Errno.Success));
            Assert.That(context.Await(id), Is.EqualTo(WaitStatus.Exited(0)));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void A_spawn_that_fails_leaves_no_child()
    {
        Run((box, context) =>
        {
            Errno Spawn(SpawnRequest request) => context.Kernel.Processes.Spawn(context.Thread, request, out _);
            box.Files.Add("/bin/child", _ => 0);
            SpawnRequest request = new() { Program = Request("/bin/child", "child") };
            Assert.That(Spawn(request with { Program = Request("/bin/none", "x") }), Is.EqualTo(Errno.NoEnt));
            Assert.That(Spawn(request with { Actions = [new DuplicateAction(50, 1)] }), Is.EqualTo(Errno.BadF));
            Assert.That(Spawn(request with { Actions = [new OpenAction(1, "/none"u8.ToArray(), default)] }), Is.EqualTo(Errno.NoEnt));
            Assert.That(Spawn(request with { Actions = [new OpenDirectoryAction(50)] }), Is.EqualTo(Errno.BadF));
            Assert.That(Spawn(request with { Group = 77 }), Is.EqualTo(Errno.Perm));
            Assert.That(Spawn(request with { Group = -1 }), Is.EqualTo(Errno.Inval));
            Assert.That(context.Wait(WaitScope.All, 0, WaitOptions.Ended, out _), Is.EqualTo(Errno.Child));
            return 0;
        }).ShouldExit();
    }

    [Test]
    public void A_program_of_the_hosts_is_placed_where_it_was_asked_for()
    {
        TestBox.Run(
            context =>
            {
                Assert.That(context.Spawn("/opt/bin/hello", ["hello"], out int id), Is.EqualTo(Errno.Success));
                context.Wait(id, out WaitStatus status);
                Assert.That(status, Is.EqualTo(WaitStatus.Exited(3)));
                return 0;
            },
            configure: options => options.Program("/opt/bin/hello", _ => 3)).ShouldExit();
        Assert.That(() => new ProcessOptions().Program("bin/x", _ => 0), Throws.ArgumentException);
        Assert.That(() => new ProcessOptions().MaxProcesses(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_program_of_the_hosts_is_told_of_its_end_and_its_faults_are_aborts()
    {
        TestBox.Run(context =>
        {
            bool begun = false;
            bool cancelled = false;
            int id = context.Fork(child =>
            {
                Volatile.Write(ref begun, true);
                cancelled = child.CancellationToken.WaitHandle.WaitOne(TestBox.Patience);
                child.CancellationToken.ThrowIfCancellationRequested();
                return 0;
            });
            Asking.Until(() => Volatile.Read(ref begun));
            context.Kill(id, Signal.Kill);
            Assert.That(context.Await(id), Is.EqualTo(WaitStatus.Signaled(Signal.Kill)));
            Assert.That(cancelled, Is.True);
            Assert.That(context.Await(context.Fork(_ => throw new InvalidOperationException("a fault"))), Is.EqualTo(WaitStatus.Signaled(Signal.Abort)));
            return 0;
        }).ShouldExit();
    }

    private sealed class Nothing : FileOperations
    {
        public override FileType Type => FileType.Unknown;
    }
}
