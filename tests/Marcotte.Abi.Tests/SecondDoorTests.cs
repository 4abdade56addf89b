using Marcotte.Core;
using Wasmtime;
using Process = Marcotte.Core.Process;

namespace Marcotte.Abi.Tests;

internal sealed class SecondDoorTests
{
    private const string Program =
        """
        (module
          (import "toy" "add" (func $add (param i32 i32) (result i32)))
          (import "toy" "exit" (func $exit (param i32)))
          (import "own" "double" (func $double (param i32) (result i32)))
          (memory (export "memory") 1)
          (func (export "run") (result i32) (call $double (call $add (i32.const 20) (i32.const 1))))
          (func (export "leave") (call $exit (i32.const 3))))
        """;

    private Module _module = null!;
    private Linker _linker = null!;
    private GuestAttachments _attachments = null!;

    [SetUp]
    public void Define()
    {
        _module = Module.FromText(Guests.Engine, "own", Program);
        _linker = new Linker(Guests.Engine);
        _linker.DefineFunction("own", "double", (int value) => value * 2);
        _attachments = new GuestAttachments();
        _attachments.Define(_linker, ToyImports.HostImports);
    }

    [TearDown]
    public void Close()
    {
        _linker.Dispose();
        _module.Dispose();
    }

    [Test]
    public void A_callers_linker_and_store_use_the_imports_beside_its_own()
    {
        using Store store = new(Guests.Engine);
        store.SetEpochDeadline(1000);
        using GuestAttachment attachment = _attachments.Attach(store, Guests.NewProcess());
        Instance instance = _linker.Instantiate(store, _module);

        Assert.That(instance.GetFunction("run")!.Invoke(), Is.EqualTo(42));
        Assert.That(attachment.Thread.Calls, Is.EqualTo(1));
    }

    [Test]
    public void Two_stores_are_two_processes()
    {
        using Store one = new(Guests.Engine);
        using Store other = new(Guests.Engine);
        one.SetEpochDeadline(1000);
        other.SetEpochDeadline(1000);
        using GuestAttachment first = _attachments.Attach(one, Guests.NewProcess());
        using GuestAttachment second = _attachments.Attach(other, Guests.NewProcess());
        Instance here = _linker.Instantiate(one, _module);
        Instance there = _linker.Instantiate(other, _module);

        here.GetFunction("run")!.Invoke();
        there.GetFunction("run")!.Invoke();
        here.GetFunction("run")!.Invoke();

        Assert.That((first.Thread.Calls, second.Thread.Calls), Is.EqualTo((2, 1)));
    }

    [Test]
    public void A_store_that_is_not_attached_traps_and_says_what_to_do()
    {
        using Store store = new(Guests.Engine);
        store.SetEpochDeadline(1000);
        Instance instance = _linker.Instantiate(store, _module);

        Assert.That(() => instance.GetFunction("run")!.Invoke(), Throws.InstanceOf<WasmtimeException>().With.Message.Contains("call Attach(store)"));
    }

    [Test]
    public void A_store_cannot_be_attached_twice_but_again()
    {
        using Store store = new(Guests.Engine);
        GuestAttachment attachment = _attachments.Attach(store, Guests.NewProcess());

        Assert.That(() => _attachments.Attach(store, Guests.NewProcess()), Throws.InvalidOperationException.With.Message.Contains("attached already"));
        attachment.Dispose();
        attachment.Dispose();
        Assert.That(() => _attachments.Attach(store, Guests.NewProcess()).Dispose(), Throws.Nothing);
    }

    [Test]
    public void An_exit_reaches_the_caller_as_a_trap_and_its_code_is_kept()
    {
        using Store store = new(Guests.Engine);
        store.SetEpochDeadline(1000);
        using GuestAttachment attachment = _attachments.Attach(store, Guests.NewProcess());
        Instance instance = _linker.Instantiate(store, _module);

        Assert.That(() => instance.GetFunction("leave")!.Invoke(), Throws.InstanceOf<WasmtimeException>());
        Assert.That(attachment.Thread.Unwinding, Is.TypeOf<ProcessExitException>().With.Property("Code").EqualTo(3));
    }

    [Test]
    [Category("security: use after free")]
    public void A_linker_may_outlive_whoever_defined_its_imports()
    {
        _attachments = null!;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using Store store = new(Guests.Engine);
        store.SetEpochDeadline(1000);
        Instance instance = _linker.Instantiate(store, _module);

        Assert.That(() => instance.GetFunction("run")!.Invoke(), Throws.InstanceOf<WasmtimeException>());
    }
}
