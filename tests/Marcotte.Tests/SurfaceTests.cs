using Marcotte.Core;

namespace Marcotte.Tests;

internal sealed class SurfaceTests
{
    private const string NeedsMuch =
        """
        (import "wasi_snapshot_preview1" "clock_time_get" (func (param i32 i64 i32) (result i32)))
        (import "wasi_snapshot_preview1" "path_open" (func (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_close" (func (param i32) (result i32)))
        (import "env" "mystery" (func $mystery))
        (memory (export "memory") 1)
        (func (export "_start") (call $mystery))
        """;

    [Test]
    public void Imports_of_an_abi_that_is_not_there_name_the_method_and_package_that_add_it()
    {
        SurfaceException failure = Assert.Throws<SurfaceException>(() => SharedEngine.Builder().Build(Wat.Module(NeedsMuch)))!;

        Assert.That(failure.Message, Does.Contain("wasi_snapshot_preview1.clock_time_get"));
        Assert.That(failure.Message, Does.Contain("call UseWasi() (package Marcotte.Wasi)"));
        Assert.That(failure.Missing, Has.Count.EqualTo(4));
    }

    [Test]
    public void Imports_that_need_a_layer_name_the_layer()
    {
        SurfaceException failure = Assert.Throws<SurfaceException>(() => SharedEngine.Builder().UseWasi().Build(Wat.Module(NeedsMuch)))!;

        Assert.That(failure.Missing.Select(import => (import.Name, import.Remedy)), Is.EquivalentTo(new[]
        {
            ("clock_time_get", "needs a clock, call UseClock() (package Marcotte.Clock)"),
            ("path_open", "needs a file system, call UseVfs() (package Marcotte.Vfs)"),
            ("mystery", "no layer offers it, add one that does"),
        }));
    }

    [Test]
    public void The_order_of_calls_does_not_matter()
    {
        string program = NeedsMuch.Replace("\"env\" \"mystery\" (func $mystery)", "\"wasi_snapshot_preview1\" \"sched_yield\" (func $yield (result i32))", StringComparison.Ordinal)
            .Replace("(call $mystery)", "(drop (call $yield))", StringComparison.Ordinal);
        using BoxTemplate one = SharedEngine.Builder().UseWasi().UseVfs().UseClock().Build(Wat.Module(program));
        using BoxTemplate other = SharedEngine.Builder().UseClock().UseVfs().UseWasi().Build(Wat.Module(program));

        Assert.That(one.Run().Outcome.IsSuccess, Is.True);
        Assert.That(other.Run().Outcome.IsSuccess, Is.True);
    }

    [Test]
    public void A_missing_import_that_was_allowed_traps_when_it_is_called()
    {
        using BoxTemplate template = SharedEngine.Builder().UseWasi().AllowMissingImports().Build(Wat.Module(NeedsMuch));

        Trapped trapped = (Trapped)template.Run().Outcome;

        Assert.That(trapped.Trap.Message, Does.Contain("mystery"));
    }

    [Test]
    public void A_known_call_without_its_layer_answers_ENOSYS_when_that_was_allowed()
    {
        using BoxTemplate template = SharedEngine.Builder().UseWasi().AllowMissingImports().Build(Wat.Module(
            """
            (import "wasi_snapshot_preview1" "clock_time_get" (func $time (param i32 i64 i32) (result i32)))
            (memory (export "memory") 1)
            (func (export "now") (result i32) (call $time (i32.const 0) (i64.const 0) (i32.const 64)))
            """));
        using Box box = template.Create();

        Assert.That(box.Call("now")[0], Is.EqualTo(52));
    }

    [Test]
    public void An_import_of_another_type_is_refused_by_name()
    {
        BoxBuilder builder = SharedEngine.Builder().UseWasi();

        Assert.That(
            () => builder.Build(Wat.Module("""(import "wasi_snapshot_preview1" "fd_close" (func (param i64))) (func (export "_start"))""")),
            Throws.InvalidOperationException.With.Message.Contains("fd_close"));
    }

    [Test]
    public void What_was_built_does_not_change_with_the_builder()
    {
        BoxBuilder builder = SharedEngine.Builder().UseEnv(env => env.Arguments("one"));
        using BoxTemplate template = builder.Build(Wat.Empty);
        builder.UseEnv(env => env.Arguments("one", "two")).WithLimits(limits => limits with { Descriptors = 3 });
        using Box box = template.Create();

        Assert.That(box.Process.Kernel.Limits.Descriptors, Is.EqualTo(Limits.Default.Descriptors));
        Assert.That(box.Process.Arguments[^1].SequenceEqual("one"u8), Is.True);
    }

    [Test]
    public void A_layer_made_for_another_contract_is_refused_by_name()
    {
        BoxBuilder builder = SharedEngine.Builder();
        ((IBoxBuilder)builder).Options<OldOptions>();

        Assert.That(
            () => builder.Build(Wat.Empty),
            Throws.InvalidOperationException.With.Message.Contains("Layer 'old' was made for contract version 0"));
    }

    [Test]
    public void An_import_that_two_layers_offer_is_refused_by_name()
    {
        BoxBuilder builder = SharedEngine.Builder().UseWasi();
        ((IBoxBuilder)builder).Options<TwinOptions>();

        Assert.That(() => builder.Build(Wat.Empty), Throws.InvalidOperationException.With.Message.Contains("offer the import wasi_snapshot_preview1."));
    }

    [Test]
    public void Inspecting_tells_how_each_import_is_backed()
    {
        ModuleReport report = SharedEngine.Builder().UseWasi().UseClock().Inspect(Wat.Module(NeedsMuch));

        Assert.That(report.Exports.Select(export => export.Name), Is.EqualTo(new[] { "memory", "_start" }));
        Assert.That(report.Imports[0].Package, Is.EqualTo("Marcotte.Wasi"));
        Assert.That(report.Imports.Select(import => (import.Import.Name, import.Syscall is not null, import.Remedy is null)), Is.EqualTo(new[]
        {
            ("clock_time_get", true, true),
            ("path_open", true, false),
            ("fd_close", true, true),
            ("mystery", false, false),
        }));
    }

    [Test]
    public void A_box_that_cannot_be_made_leaves_no_file_open()
    {
        BoxBuilder builder = SharedEngine.Builder();
        HalfStarted layer = ((IBoxBuilder)builder).Options<HalfStartedOptions>().Layer;
        using BoxTemplate template = builder.Build(Wat.Empty);

        Assert.That(() => template.Create(), Throws.InvalidOperationException.With.Message.EqualTo("no"));
        Assert.That(layer.File.Releases, Is.EqualTo(1));
    }

    private sealed class TwinOptions : LayerOptions
    {
        public override Layer Build(Limits limits)
        {
            BoxBuilder other = new BoxBuilder().UseWasi();
            return ((IBoxBuilder)other).Options<Marcotte.Wasi.WasiOptions>().Build(limits);
        }
    }

    private sealed class OldOptions : LayerOptions
    {
        public override Layer Build(Limits limits) => new OldLayer();
    }

    private sealed class OldLayer : Layer
    {
        public override string Name => "old";

        public override int ContractVersion => 0;
    }

    private sealed class HalfStartedOptions : LayerOptions
    {
        internal HalfStarted Layer { get; } = new();

        public override Layer Build(Limits limits) => Layer;
    }

    /// <summary>Opens a file for the process, and then fails.</summary>
    private sealed class HalfStarted : Layer
    {
        public override string Name => "half started";

        public override int ContractVersion => CoreContract.Version;

        internal Counted File { get; } = new();

        public override void Start(Process process)
        {
            process.Descriptors.Add(new Descriptor(new OpenFile(File, AccessModes.Read)), out _);
            throw new InvalidOperationException("no");
        }
    }

    private sealed class Counted : FileOperations
    {
        public override FileType Type => FileType.Fifo;

        internal int Releases { get; private set; }

        public override void Release(OpenFile file) => Releases++;
    }
}
