using Marcotte.Core;
using Wasmtime;

namespace Marcotte.Abi.Tests;

/// <summary>Guests in the text format, with the toy imports, on an engine that all tests share.</summary>
[SetUpFixture]
internal sealed class Guests
{
    internal const string Imports =
        """
        (import "toy" "add" (func $add (param i32 i32) (result i32)))
        (import "toy" "mix" (func $mix (param i64 f32 f64) (result f64)))
        (import "toy" "sum" (func $sum (param i32 i32 i32) (result i32)))
        (import "toy" "exit" (func $exit (param i32)))
        (import "toy" "fail" (func $fail))
        (import "toy" "collect" (func $collect))
        (memory (export "memory") 1 4)
        """;

    internal static Engine Engine { get; private set; } = null!;

    internal static EpochInterrupter Interrupter { get; private set; } = null!;

    [OneTimeSetUp]
    public void Open()
    {
        using Config config = new Config().WithGuestStack(512 * 1024).WithEpochInterruption(true).WithMemoryMayMove(false);
        Engine = new Engine(config);
        Interrupter = new EpochInterrupter(Engine);
    }

    [OneTimeTearDown]
    public void Close()
    {
        Interrupter.Dispose();
        Engine.Dispose();
    }

    internal static Process NewProcess(SyscallObserver? observer = null) => new(new Kernel(Limits.Default) { Observer = observer }, 1);

    internal static GuestInstance Start(string body, Process? process = null)
    {
        using Module module = Module.FromText(Engine, "toy", $"(module {Imports} {body})");
        using GuestProgram program = new(Engine, module, ToyImports.HostImports, Interrupter);
        GuestInstance instance = new(program, process ?? NewProcess());
        Assert.That(instance.Instantiate().Returned, Is.True);
        return instance;
    }

    internal static GuestResult Call(GuestInstance instance, string export, params WasmValue[] values) =>
        instance.Call(System.Text.Encoding.UTF8.GetBytes(export), values);
}
