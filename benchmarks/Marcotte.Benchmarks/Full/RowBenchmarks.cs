using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using Marcotte.Benchmarks.Rows;
using Marcotte.Benchmarks.Sides;

namespace Marcotte.Benchmarks.Full;

/// <summary>The rows under BenchmarkDotNet: each side of a row is a benchmark, and the built-in WASI is what the ratios are to.</summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet calls CleanUp.")]
public abstract class RowBenchmarks
{
    private Workbench? _bench;
    private Side? _side;

    /// <summary>The row.</summary>
    [ParamsSource(nameof(RowNames))]
    public string Row { get; set; } = "";

    /// <summary>The rows of this class.</summary>
    public IEnumerable<string> RowNames => RowList.All.Where(Has).Select(row => row.Name);

    /// <summary>Sets Marcotte's side up.</summary>
    [GlobalSetup(Target = nameof(FastCalls.Marcotte))]
    public void SetUpMarcotte() => SetUp((bench, row) => bench.Marcotte(row));

    /// <summary>Sets the floor up.</summary>
    [GlobalSetup(Target = nameof(FastCalls.Floor))]
    public void SetUpFloor() => SetUp((bench, row) => bench.Floor(row));

    /// <summary>Sets the built-in WASI's side up.</summary>
    [GlobalSetup(Target = nameof(FastCalls.Builtin))]
    public void SetUpBuiltin() => SetUp((bench, row) => bench.Builtin(row));

    /// <summary>Sets the kernel's side up.</summary>
    [GlobalSetup(Target = nameof(FastCalls.Native))]
    public void SetUpNative() => SetUp((bench, row) => bench.Native(row));

    /// <summary>Removes all again.</summary>
    [GlobalCleanup]
    public void CleanUp()
    {
        _side?.Dispose();
        _bench?.Dispose();
    }

    private protected abstract bool Has(Row row);

    private protected void Run(int operations)
    {
        if (_side is null)
        {
            throw new NotSupportedException($"{Row} has no such side here.");
        }

        _side.Run(operations);
    }

    private void SetUp(Func<Workbench, Row, Side?> make)
    {
        _bench = new Workbench();
        Row row = RowList.Get(Row);
        _side = _bench.Has(row) ? make(_bench, row) : null;
    }
}

/// <summary>Calls that take less than some microseconds.</summary>
[BenchmarkCategory("call")]
public class FastCalls : RowBenchmarks
{
    private const int Operations = 10_000;

    /// <summary>Marcotte.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void Marcotte() => Run(Operations);

    /// <summary>The same guest over empty imports.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void Floor() => Run(Operations);

    /// <summary>The same guest over Wasmtime's built-in WASI.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public void Builtin() => Run(Operations);

    /// <summary>The same loop in C; a line through a pipe each way is the price of asking for it.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void Native() => Run(Operations);

    private protected override bool Has(Row row) => row.Pace == Pace.Fast;
}

/// <summary>What takes tens of microseconds: a whole directory, or a whole box.</summary>
[BenchmarkCategory("box")]
public class SlowCalls : RowBenchmarks
{
    private const int Operations = 50;

    /// <summary>Marcotte.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void Marcotte() => Run(Operations);

    /// <summary>Wasmtime's built-in WASI.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public void Builtin() => Run(Operations);

    /// <summary>The kernel; of a box, starting /bin/true and waiting for it.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void Native() => Run(Operations);

    private protected override bool Has(Row row) => row.Pace == Pace.Slow;
}

/// <summary>What takes a good part of a second: a pipeline of a shell's.</summary>
[BenchmarkCategory("program")]
public class LongRuns : RowBenchmarks
{
    /// <summary>Marcotte.</summary>
    [Benchmark]
    public void Marcotte() => Run(1);

    /// <summary>The kernel.</summary>
    [Benchmark(Baseline = true)]
    public void Native() => Run(1);

    private protected override bool Has(Row row) => row.Pace == Pace.Long;
}
