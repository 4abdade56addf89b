using System.Diagnostics.Metrics;
using Marcotte.Abi;
using Marcotte.Core;
using Microsoft.Extensions.Logging;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace Marcotte;

/// <summary>
/// Says what a box is made of. Nothing is granted that is not asked for here; the order of calls does not matter, and
/// what is built does not change with the builder afterwards.
/// </summary>
public sealed partial class BoxBuilder : IBoxBuilder
{
    private readonly List<LayerOptions> _options = [];
    private Limits _limits = Limits.Default;
    private BoxStart _defaults = new();
    private BoxEngine? _engine;
    private string? _cacheDirectory;
    private string? _name;
    private ILoggerFactory? _loggers;
    private IMeterFactory? _meters;
    private bool _allowMissing;

    /// <inheritdoc/>
    TOptions IBoxBuilder.Options<TOptions>()
    {
        TOptions? options = _options.OfType<TOptions>().FirstOrDefault();
        if (options is null)
        {
            options = new TOptions();
            _options.Add(options);
        }

        return options;
    }

    /// <summary>Sets what each box may use.</summary>
    /// <param name="limits">The limits.</param>
    /// <returns>This builder.</returns>
    public BoxBuilder WithLimits(Limits limits)
    {
        _limits = limits;
        return this;
    }

    /// <summary>Changes what each box may use.</summary>
    /// <param name="change">Makes new limits of those there are, as in <c>limits => limits with { … }</c>.</param>
    /// <returns>This builder.</returns>
    public BoxBuilder WithLimits(Func<Limits, Limits> change) => WithLimits(change(_limits));

    /// <summary>Sets what boxes read as standard input; the end at once by default.</summary>
    /// <param name="input">The input.</param>
    /// <returns>This builder.</returns>
    public BoxBuilder WithInput(StandardInput input)
    {
        _defaults = _defaults with { Input = input };
        return this;
    }

    /// <summary>Sets where standard output goes; captured, up to 1 MiB, by default.</summary>
    /// <param name="output">The output.</param>
    /// <returns>This builder.</returns>
    public BoxBuilder WithOutput(StandardOutput output)
    {
        _defaults = _defaults with { Output = output };
        return this;
    }

    /// <summary>Sets where standard error goes; captured, up to 1 MiB, by default.</summary>
    /// <param name="error">The output.</param>
    /// <returns>This builder.</returns>
    public BoxBuilder WithError(StandardOutput error)
    {
        _defaults = _defaults with { Error = error };
        return this;
    }

    /// <summary>Has somebody see every host call, such as a <see cref="TextTrace"/>. Without it a call costs nothing more.</summary>
    /// <param name="observer">Who looks; serves all boxes of the template.</param>
    /// <returns>This builder.</returns>
    public BoxBuilder WithObserver(SyscallObserver observer)
    {
        _defaults = _defaults with { Observer = observer };
        return this;
    }

    /// <summary>Uses an engine that other templates use as well; without it each template makes one of its own.</summary>
    /// <param name="engine">
    /// The engine; not disposed with the template. Its <see cref="BoxEngineOptions.StackBytes"/> hold for all its templates: limits that ask
    /// for another stack are refused when the template is built.
    /// </param>
    /// <returns>This builder.</returns>
    public BoxBuilder WithEngine(BoxEngine engine)
    {
        _engine = engine;
        return this;
    }

    /// <summary>Keeps compiled modules in a directory, when the template makes its own engine.</summary>
    /// <param name="directory">As <see cref="BoxEngineOptions.CacheDirectory"/>.</param>
    /// <returns>This builder.</returns>
    public BoxBuilder WithCompilationCache(string directory)
    {
        _cacheDirectory = directory;
        return this;
    }

    /// <summary>Names the template in logs and metrics, where each name is a series of its own: take few. The module's name without it.</summary>
    /// <param name="name">The name.</param>
    /// <returns>This builder.</returns>
    public BoxBuilder WithName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _name = name;
        return this;
    }

    /// <summary>Logs what becomes of the template and its boxes, in the category <c>Marcotte.Box</c>.</summary>
    /// <param name="loggers">Makes the logger.</param>
    /// <returns>This builder.</returns>
    public BoxBuilder WithLogger(ILoggerFactory loggers)
    {
        _loggers = loggers;
        return this;
    }

    /// <summary>Measures with a meter of this factory's; with one of the process's own without it.</summary>
    /// <param name="meters">Makes the meter.</param>
    /// <returns>This builder.</returns>
    public BoxBuilder WithMeters(IMeterFactory meters)
    {
        _meters = meters;
        return this;
    }

    /// <summary>
    /// Lets a module import what no layer backs: a call that an ABI knows answers ENOSYS, any other traps when it is made.
    /// </summary>
    /// <returns>This builder.</returns>
    public BoxBuilder AllowMissingImports()
    {
        _allowMissing = true;
        return this;
    }

    /// <summary>Compiles a module, and those that the host has placed in each box, and checks that all they import is backed.</summary>
    /// <param name="module">The module.</param>
    /// <returns>A template, from which boxes start.</returns>
    /// <exception cref="SurfaceException">It imports what no layer backs; the message names the import and the layer.</exception>
    /// <exception cref="InvalidModuleException">It cannot be read or is not valid.</exception>
    /// <exception cref="ArgumentException">Something said to the builder makes no sense; the message names it.</exception>
    /// <exception cref="InvalidOperationException">
    /// Things said to the builder do not go together, or the module imports a function as another type than it has; the message says which.
    /// </exception>
    public BoxTemplate Build(GuestModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        long began = Stopwatch.GetTimestamp();
        LayerSet layers = Seal();
        BoxTelemetry telemetry = new(_name ?? module.Name, _loggers, _meters, layers.Syscalls);
        BoxEngine? own = null;
        CompiledModule? compiled = null;
        ProgramStore? programs = null;
        try
        {
            BoxEngine engine = CheckEngine() ?? (own = new BoxEngine(EngineOptions()));
            compiled = engine.Compile(module);
            IReadOnlyList<MissingImport> missing = SurfaceCheck.Missing(SurfaceCheck.Check(compiled.Module, layers));
            if (missing.Count > 0 && !_allowMissing)
            {
                throw new SurfaceException(module.Name, missing);
            }

            programs = new ProgramStore(engine, layers, _allowMissing);
            programs.Place(layers.Modules);
            BoxTemplate template = new(engine, own, compiled, programs, telemetry);
            telemetry.Built(Stopwatch.GetElapsedTime(began));
            return template;
        }
        catch (Exception exception)
        {
            programs?.Dispose();
            compiled?.Dispose();
            own?.Dispose();
            layers.Dispose();
            telemetry.Refused(exception);
            throw;
        }
    }

    /// <summary>Tells what a module exports and how each of its imports would be backed, without an error for those that would not.</summary>
    /// <param name="module">The module.</param>
    /// <returns>Its imports and exports.</returns>
    public ModuleReport Inspect(GuestModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        using LayerSet layers = Seal();
        BoxEngine? own = null;
        try
        {
            BoxEngine engine = _engine ?? (own = new BoxEngine(EngineOptions()));
            using CompiledModule compiled = engine.Compile(module);
            return new ModuleReport(SurfaceCheck.Check(compiled.Module, layers), [.. compiled.Module.Exports.Where(export => !ForkableModule.IsAdded(export.Name))]);
        }
        finally
        {
            own?.Dispose();
        }
    }

    /// <summary>The second door: the same surface for an engine, linkers and stores of the caller's own.</summary>
    /// <returns>The surface.</returns>
    public HostSurface BuildSurface() => new(Seal());

    private LayerSet Seal()
    {
        _limits.Validate();

        // A guest of an engine that meters has what it is given and no more: one without a limit is given all there is.
        Limits limits = _engine is { Options.Fuel: true } ? _limits with { Fuel = _limits.Fuel ?? ulong.MaxValue } : _limits;
        List<Layer> layers = [];
        try
        {
            foreach (LayerOptions options in _options)
            {
                Layer layer = options.Build(limits);
                layers.Add(layer);
                if (layer.ContractVersion != CoreContract.Version)
                {
                    throw new InvalidOperationException(
                        $"Layer '{layer.Name}' was made for contract version {layer.ContractVersion} of Marcotte.Core, but this is version {CoreContract.Version}; use a version of its package that fits.");
                }
            }

            return new LayerSet(layers, limits, _defaults, _policy);
        }
        catch
        {
            layers.ForEach(layer => layer.Dispose());
            throw;
        }
    }

    private BoxEngineOptions EngineOptions() => new()
    {
        StackBytes = _limits.StackBytes,
        Fuel = _limits.Fuel is not null,
        CacheDirectory = _cacheDirectory,
    };

    private BoxEngine? CheckEngine()
    {
        if (_engine is null)
        {
            return null;
        }

        if (_limits.Fuel is not null && !_engine.Options.Fuel)
        {
            throw new InvalidOperationException("Limits.Fuel is set, but the engine does not meter; set its BoxEngineOptions.Fuel too.");
        }

        // Limits that nobody has changed ask for nothing.
        if (_limits.StackBytes != _engine.Options.StackBytes && _limits.StackBytes != Limits.Default.StackBytes)
        {
            throw new InvalidOperationException(
                $"Limits.StackBytes is {_limits.StackBytes}, but the engine has one stack size for all its templates, {_engine.Options.StackBytes}; set its BoxEngineOptions.StackBytes, or use an engine of the template's own.");
        }

        if (_cacheDirectory is not null)
        {
            throw new InvalidOperationException("WithCompilationCache() and WithEngine() exclude each other; name the directory in the engine's BoxEngineOptions.CacheDirectory.");
        }

        return _engine;
    }
}
