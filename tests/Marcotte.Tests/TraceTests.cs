using System.Globalization;
using System.Text.RegularExpressions;
using Marcotte.Core;

namespace Marcotte.Tests;

internal sealed partial class TraceTests
{
    private const string Program =
        """
        (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
        (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (memory (export "memory") 1)
        (data (i32.const 100) "tmp/new\n")
        (func (export "_start")
          (drop (call $open (i32.const 3) (i32.const 1) (i32.const 100) (i32.const 7) (i32.const 1) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 0)))
          (drop (call $close (i32.const 77)))
          (drop (call $open (i32.const 3) (i32.const 0) (i32.const 100) (i32.const 8) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 0)))
          (call $exit (i32.const 3)))
        """;

    [GeneratedRegex(@" <[0-9.]+ (ns|µs|ms|s)>$", RegexOptions.Multiline)]
    private static partial Regex Durations { get; }

    private static BoxTemplate Build(SyscallObserver observer) => SharedEngine.Builder()
        .UseWasi().UseVfs(files => files.MountMemory("/tmp")).WithObserver(observer)
        .Build(Wat.Module(Program));

    [Test]
    public void Text_is_as_strace_writes_it()
    {
        StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using BoxTemplate template = Build(new TextTrace(text));

        template.Run();

        string trace = text.ToString();
        Assert.That(Durations.Count(trace), Is.EqualTo(4));
        Assert.That(Durations.Replace(trace, string.Empty), Is.EqualTo(
            """
            path_open(3, SymlinkFollow, "tmp/new", Creat, FdRead|FdWrite, None, None) = 4
            fd_close(77) = -1 EBADF
            path_open(3, None, "tmp/new\n", None, FdRead, None, None) = -1 ENOENT
            proc_exit(3) = ?

            """));
    }

    [Test]
    public void Without_durations_equal_runs_have_equal_texts()
    {
        StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using BoxTemplate template = Build(new TextTrace(text) { Durations = false });

        template.Run();

        Assert.That(text.ToString(), Does.EndWith("fd_close(77) = -1 EBADF\npath_open(3, None, \"tmp/new\\n\", None, FdRead, None, None) = -1 ENOENT\nproc_exit(3) = ?\n"));
    }

    [Test]
    public void Events_can_be_kept()
    {
        List<TracedCall> calls = [];
        using BoxTemplate template = Build(new EventTrace(calls.Add));

        template.Run();

        Assert.That(calls.Select(call => (call.Syscall.Name, call.Errno)), Is.EqualTo(new[]
        {
            ("path_open", Errno.Success),
            ("fd_close", Errno.BadF),
            ("path_open", Errno.NoEnt),
            ("proc_exit", Errno.Success),
        }));
        Assert.That(calls[^1].Unwound, Is.TypeOf<ProcessExitException>());
        Assert.That(calls[0].Arguments, Has.Count.EqualTo(9));
    }

    [Test]
    public void Events_without_durations_are_equal_in_equal_runs()
    {
        List<TracedCall> calls = [];
        using BoxTemplate template = Build(new EventTrace(calls.Add) { Durations = false });

        template.Run();

        Assert.That(calls.Select(call => call.Elapsed), Is.All.EqualTo(TimeSpan.Zero));
        Assert.That(calls.Select(call => call.Text), Has.None.Contain("<").And.Member("fd_close(77) = -1 EBADF"));
    }

    [Test]
    public void An_observer_that_fails_traps_its_guest_and_nothing_else()
    {
        using BoxTemplate template = Build(new EventTrace(_ => throw new InvalidOperationException("observer")));

        Trapped trapped = (Trapped)template.Run().Outcome;

        Assert.That(trapped.Cause, Is.TypeOf<InvalidOperationException>().With.Message.EqualTo("observer"));
    }
}
