using Marcotte.Core;

namespace Marcotte.Abi.Tests;

internal sealed class ObservedCallTests
{
    [Test]
    public void An_observer_sees_arguments_results_and_what_unwound()
    {
        Recorder recorder = new();
        using GuestInstance instance = Guests.Start(
            """
            (func (export "run")
              (drop (call $add (i32.const -2) (i32.const 3)))
              (drop (call $sum (i32.const 0) (i32.const -1) (i32.const 8)))
              (call $exit (i32.const 4)))
            """,
            Guests.NewProcess(recorder));

        Guests.Call(instance, "run");

        Assert.That(recorder.Seen, Is.EqualTo(new[]
        {
            "add(4294967294,3) Success 1 ",
            "sum(0,4294967295,8) Fault 0 ",
            "exit(4) Success 0 ProcessExitException",
        }));
    }

    private sealed class Recorder : SyscallObserver
    {
        internal List<string> Seen { get; } = [];

        public override void Completed(in SyscallEvent call) =>
            Seen.Add($"{call.Syscall.Name}({string.Join(',', call.Arguments.ToArray())}) {call.Errno} {call.Value} {call.Unwound?.GetType().Name}");
    }
}
