using Marcotte.Core;

namespace Marcotte.Abi.Tests;

internal sealed class RefusedCallTests
{
    [Test]
    public void A_denied_call_answers_the_errno_without_running()
    {
        Refuser refuser = new("sum", SyscallDecision.Deny(Errno.NoSys));
        using GuestInstance instance = Guests.Start(
            """
            (func (export "run") (result i32)
              (i32.store (i32.const 8) (i32.const 77))
              (i32.shl (call $sum (i32.const 0) (i32.const 4) (i32.const 8)) (i32.const 8))
              (i32.or (i32.load (i32.const 8))))
            """,
            Guests.NewProcess(refuser));
        WasmValue[] values = new WasmValue[1];

        Assert.That(Guests.Call(instance, "run", values).Returned, Is.True);

        Assert.That(values[0].I32, Is.EqualTo(((int)Errno.NoSys << 8) | 77));
        Assert.That(refuser.Told, Is.EqualTo(new[] { "sum refused NoSys" }));
    }

    [TestCase("add", "(drop (call $add (i32.const 1) (i32.const 2)))")]
    [TestCase("collect", "(call $collect)")]
    public void A_denied_call_that_answers_no_errno_ends_the_guest_without_running(string name, string call)
    {
        int collections = ToyImports.Collections;
        Refuser refuser = new(name, SyscallDecision.Deny(Errno.Perm));
        Process process = Guests.NewProcess(refuser);
        using GuestInstance instance = Guests.Start($"""(func (export "run") {call})""", process);

        GuestResult result = Guests.Call(instance, "run");

        Assert.That((result.Unwound as CallDeniedException)?.Syscall.Name, Is.EqualTo(name));
        Assert.That((process.Ending as DeniedEnd)?.Syscall.Name, Is.EqualTo(name));
        Assert.That(ToyImports.Collections, Is.EqualTo(collections));
        Assert.That(refuser.Told, Is.EqualTo(new[] { $"{name} refused Success CallDeniedException" }));
    }

    [Test]
    public void A_call_can_end_the_guest_though_it_answers_an_errno()
    {
        Refuser refuser = new("sum", SyscallDecision.Kill());
        using GuestInstance instance = Guests.Start(
            """(func (export "run") (drop (call $sum (i32.const 0) (i32.const 4) (i32.const 8))))""", Guests.NewProcess(refuser));

        Assert.That(Guests.Call(instance, "run").Unwound, Is.TypeOf<CallDeniedException>());
    }

    [Test]
    public void An_allowed_call_is_not_told_of()
    {
        Refuser refuser = new("add", SyscallDecision.Allow);
        using GuestInstance instance = Guests.Start(
            """(func (export "run") (drop (call $add (i32.const 1) (i32.const 2))))""", Guests.NewProcess(refuser));

        Assert.That(Guests.Call(instance, "run").Returned, Is.True);
        Assert.That(refuser.Told, Is.Empty);
    }

    [Test]
    public void An_observer_that_fails_to_decide_ends_the_guest()
    {
        using GuestInstance instance = Guests.Start(
            """(func (export "run") (drop (call $sum (i32.const 0) (i32.const 4) (i32.const 8))))""", Guests.NewProcess(new Failing()));

        Assert.That(Guests.Call(instance, "run").Unwound, Is.TypeOf<InvalidDataException>());
    }

    private sealed class Refuser(string name, SyscallDecision decision) : SyscallObserver
    {
        internal List<string> Told { get; } = [];

        public override SyscallDecision Entering(in SyscallEntry call) => call.Syscall.Name == name ? decision : SyscallDecision.Allow;

        public override void Completed(in SyscallEvent call) =>
            Told.Add($"{call.Syscall.Name}{(call.IsRefused ? " refused" : "")} {call.Errno} {call.Unwound?.GetType().Name}".TrimEnd());
    }

    private sealed class Failing : SyscallObserver
    {
        public override SyscallDecision Entering(in SyscallEntry call) => throw new InvalidDataException("an observer's bug");

        public override void Completed(in SyscallEvent call)
        {
        }
    }
}
