using Marcotte.Benchmarks.Rows;
using Wasmtime;

namespace Marcotte.Benchmarks.Sides;

/// <summary>A row's guest over Wasmtime's built-in WASI, on the same engine, with a directory of tmpfs as its preopen.</summary>
internal sealed class BuiltinSide : Side
{
    private readonly BuiltinProgram _program;
    private readonly Store _store;
    private readonly Action<int> _run;

    /// <summary>Instantiates the guest.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="row">The row.</param>
    /// <param name="directory">The host's directory.</param>
    public BuiltinSide(Engine engine, Row row, string directory)
    {
        _program = new BuiltinProgram(engine, row);
        _store = _program.NewStore(directory);
        Instance instance = _program.Instantiate(_store);
        if (row.Guest.Length > 1)
        {
            instance.GetAction<int>("open")!(row.Entries);
        }

        _run = instance.GetAction<int>("run")!;
    }

    /// <inheritdoc/>
    public override void Run(int operations) => _run(operations);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _store.Dispose();
        _program.Dispose();
    }
}

/// <summary>Instances of one compiled module with a store and a WASI of their own: each made, run to its end and disposed.</summary>
internal sealed class BuiltinStartSide : Side
{
    private readonly BuiltinProgram _program;
    private readonly string _directory;

    /// <summary>Compiles the guest.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="row">The row.</param>
    /// <param name="directory">The host's directory.</param>
    public BuiltinStartSide(Engine engine, Row row, string directory)
    {
        _program = new BuiltinProgram(engine, row);
        _directory = directory;
    }

    /// <inheritdoc/>
    public override void Run(int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            using Store store = _program.NewStore(_directory);
            _program.Instantiate(store).GetAction("_start")!();
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _program.Dispose();
}

/// <summary>A compiled guest and a linker that has the built-in WASI.</summary>
internal sealed class BuiltinProgram : IDisposable
{
    /// <summary>The engine interrupts guests by its epoch, which these never see.</summary>
    private const ulong NeverInterrupted = ulong.MaxValue / 2;

    private readonly Engine _engine;
    private readonly Linker _linker;
    private readonly Module _module;

    /// <summary>Compiles and links.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="row">The row.</param>
    public BuiltinProgram(Engine engine, Row row)
    {
        _engine = engine;
        _linker = new Linker(engine);
        _linker.DefineWasi();
        _module = Module.FromText(engine, row.Name, GuestSource.Of(row));
    }

    /// <summary>A store with a WASI that is granted a directory.</summary>
    /// <param name="directory">The host's directory.</param>
    /// <returns>The store.</returns>
    public Store NewStore(string directory)
    {
        Store store = new(_engine);
        store.SetWasiConfiguration(new WasiConfiguration().WithPreopenedDirectory(directory, "/", mutable: true));
        store.SetEpochDeadline(NeverInterrupted);
        return store;
    }

    /// <summary>Instantiates the guest.</summary>
    /// <param name="store">In which store.</param>
    /// <returns>The instance.</returns>
    public Instance Instantiate(Store store) => _linker.Instantiate(store, _module);

    /// <inheritdoc/>
    public void Dispose()
    {
        _linker.Dispose();
        _module.Dispose();
    }
}
