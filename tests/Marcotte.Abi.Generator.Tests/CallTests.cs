using System.Reflection;
using Marcotte.Core;

namespace Marcotte.Abi.Generator.Tests;

/// <summary>Emitted thunks, called as Wasmtime calls them: by their native address, with raw slots.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed unsafe class CallTests
{
    private const nint Environment = 0x1111;
    private const nint Caller = 0x2222;
    private const nint Returned = 0;

    // Stands in for Marcotte.Abi's, which finds the thread by Wasmtime's store: source goes before a reference.
    private const string HostCall = """
        namespace Marcotte.Abi
        {
            internal static class HostCall
            {
                [System.ThreadStatic] public static Marcotte.Core.GuestThread? Thread;
                [System.ThreadStatic] public static System.Exception? Trapped;

                public static Marcotte.Core.GuestThread? Enter(nint environment, nint caller) =>
                    (environment, caller) == (0x1111, 0x2222) ? Thread : null;

                public static nint Trap(Marcotte.Core.GuestThread thread, System.Exception exception)
                {
                    Trapped = exception;
                    return thread == Thread ? 0x3333 : 0x4444;
                }

                public static nint RefuseUnattached() => 0x5555;
            }
        }
        """;

    private readonly GuestThread _thread = new(new Process(new Kernel(Limits.Default), 1), 1, new PinnedMemory(64));
    private readonly Recorder _recorder = new();
    private Type _hostCall = typeof(object);

    [Test]
    public void A_call_passes_every_argument_and_its_result([Values] bool observed)
    {
        HostImport import = Import("""
            [HostImport("acme", "call")]
            static Errno Call(GuestThread thread, GuestMemory memory, int a, uint b, long c, ulong d, float e, double f, Flags g, GuestPtr<ushort> h, GuestOut<uint> i, GuestSpan<ulong> j, GuestText k)
            {
                string seen = FormattableString.Invariant($"{thread.Id} {a} {b} {c} {d} {e} {f} {(uint)g:x} {h.Address} {i.Address} {j.Address}+{j.Count} {k.Address}+{k.Length}");
                if (!memory.TryWrite(i, 0xCAFEu) || seen != "1 -1 4294967295 -2 18446744073709551614 1.5 -2.5 80000001 3 8 5+6 7+8")
                {
                    throw new InvalidOperationException(seen);
                }

                return Errno.NoEnt;
            }
            """,
            "(ErrnoEncoder = typeof(Encoder))",
            """
            internal enum Flags : uint { None }
            internal static class Encoder { internal static int Encode(Errno errno) => 1000 + (int)errno; }
            """);
        _thread.Observer = observed ? _recorder : null;
        Span<WasmValue> values = stackalloc WasmValue[13];
        values[0].I32 = -1;
        values[1].U32 = uint.MaxValue;
        values[2].I64 = -2;
        values[3].U64 = ulong.MaxValue - 1;
        values[4].F32 = 1.5f;
        values[5].F64 = -2.5;
        values[6].U32 = 0x80000001;
        for (uint i = 0; i < 6; i++)
        {
            values[7 + (int)i].U32 = i < 1 ? 3u : i < 2 ? 8u : i + 3;
        }

        Assert.That(Call(import, values), Is.EqualTo(Returned), () => Trapped?.ToString() ?? "");
        Assert.That(values[0].I32, Is.EqualTo(1002));
        Assert.That(((PinnedMemory)_thread.Memory).Bytes[8..12].ToArray(), Is.EqualTo([0xFE, 0xCA, 0, 0]));
        Assert.That(_recorder.Seen, Is.EqualTo(observed
            ? ["acme call(ffffffff ffffffff fffffffffffffffe fffffffffffffffe 3fc00000 c004000000000000 80000001 3 8 5 6 7 8) = NoEnt 0"]
            : Array.Empty<string>()));
    }

    [TestCase("int", "-5", -5L, 0xFFFFFFFBu)]
    [TestCase("uint", "uint.MaxValue", 0xFFFFFFFFL, 0xFFFFFFFFu)]
    [TestCase("long", "-5", -5L, ulong.MaxValue - 4)]
    [TestCase("ulong", "ulong.MaxValue", -1L, ulong.MaxValue)]
    [TestCase("float", "-1.5f", 0xBFC00000L, 0xBFC00000u)]
    [TestCase("double", "-1.5", unchecked((long)0xBFF8000000000000), 0xBFF8000000000000)]
    public void A_number_goes_to_the_guest_and_to_the_observer(string type, string value, long observed, ulong slot)
    {
        HostImport import = Import($$"""[HostImport("acme", "call")] static {{type}} Call(GuestThread thread) => {{value}};""");
        Span<WasmValue> values = stackalloc WasmValue[1];

        Assert.That(Call(import, values), Is.EqualTo(Returned));
        Assert.That(values[0].U64, Is.EqualTo(slot));

        values.Clear();
        _thread.Observer = _recorder;
        Assert.That(Call(import, values), Is.EqualTo(Returned));
        Assert.That(values[0].U64, Is.EqualTo(slot));
        Assert.That(_recorder.Seen, Is.EqualTo([FormattableString.Invariant($"acme call() = Success {observed}")]));
    }

    [Test]
    public void Without_an_encoder_an_errno_goes_out_as_linuxs()
    {
        HostImport import = Import("""[HostImport("acme", "call")] static Errno Call(GuestThread thread) => Errno.NoSys;""");
        Span<WasmValue> values = stackalloc WasmValue[1];

        Assert.That(Call(import, values), Is.EqualTo(Returned));
        Assert.That(values[0].I32, Is.EqualTo(38));
    }

    [Test]
    public void A_call_that_answers_nothing_touches_no_slot([Values] bool observed)
    {
        HostImport import = Import("""[HostImport("acme", "call")] static void Call(GuestThread thread, int fd) { }""");
        _thread.Observer = observed ? _recorder : null;
        Span<WasmValue> values = stackalloc WasmValue[1];
        values[0].U64 = 77;

        Assert.That(Call(import, values), Is.EqualTo(Returned));
        Assert.That(values[0].U64, Is.EqualTo(77));
        Assert.That(_recorder.Seen, Is.EqualTo(observed ? ["acme call(4d) = Success 0"] : Array.Empty<string>()));
    }

    [Test]
    public void An_exception_becomes_a_trap_and_the_observer_hears_of_it([Values] bool observed)
    {
        HostImport import = Import("""[HostImport("acme", "exit")] static void Exit(GuestThread thread, uint code) => throw new ProcessExitException(code);""");
        _thread.Observer = observed ? _recorder : null;
        Span<WasmValue> values = stackalloc WasmValue[1];
        values[0].U32 = 3;

        Assert.That(Call(import, values), Is.EqualTo((nint)0x3333));
        Assert.That(Trapped, Is.TypeOf<ProcessExitException>().With.Property("Code").EqualTo(3));
        Assert.That(_recorder.Seen, Is.EqualTo(observed ? ["acme exit(3) = ProcessExitException"] : Array.Empty<string>()));
    }

    [Test]
    public void An_observer_that_throws_ends_the_guest_and_not_the_host()
    {
        HostImport import = Import("""[HostImport("acme", "call")] static void Call(GuestThread thread) { }""");
        _thread.Observer = new Thrower();

        Assert.That(Call(import, []), Is.EqualTo((nint)0x3333));
        Assert.That(Trapped, Is.TypeOf<NotSupportedException>());
    }

    [Test]
    public void A_call_allocates_nothing()
    {
        HostImport import = Import("""
            [HostImport("acme", "call")]
            static Errno Call(GuestThread thread, GuestMemory memory, GuestText path, GuestOut<ulong> result) => memory.TryWrite(result, 1ul) ? Errno.Success : Errno.Fault;
            """);
        Span<WasmValue> values = stackalloc WasmValue[3];
        Call(import, values);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Call(import, values);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private Exception? Trapped => (Exception?)_hostCall.GetField("Trapped")!.GetValue(null);

    private HostImport Import(string member, string arguments = "", string others = "")
    {
        // The compiler warns that the stand-in goes before the reference, and that nobody sets its thread.
        GeneratorRun run = GeneratorRun.Of(Snippets.Class(member, arguments, others), HostCall);
        Assembly assembly = run.Load("CS0436", "CS0649");
        _hostCall = assembly.GetType("Marcotte.Abi.HostCall", throwOnError: true)!;
        _hostCall.GetField("Thread")!.SetValue(null, _thread);
        return GeneratorRun.Imports(assembly).Single();
    }

    private static nint Call(HostImport import, Span<WasmValue> values)
    {
        fixed (WasmValue* slots = values)
        {
            return ((delegate* unmanaged[Cdecl]<nint, nint, WasmValue*, nuint, nint>)import.Thunk)(Environment, Caller, slots, (nuint)values.Length);
        }
    }

    private sealed class Recorder : SyscallObserver
    {
        public List<string> Seen { get; } = [];

        public override void Completed(in SyscallEvent call)
        {
            string arguments = string.Join(' ', call.Arguments.ToArray().Select(argument => FormattableString.Invariant($"{argument:x}")));
            string answer = call.Unwound?.GetType().Name ?? FormattableString.Invariant($"{call.Errno} {call.Value}");
            Seen.Add($"{call.Syscall.Module} {call.Syscall.Name}({arguments}) = {answer}");
        }
    }

    private sealed class Thrower : SyscallObserver
    {
        public override void Completed(in SyscallEvent call) => throw new NotSupportedException();
    }
}
