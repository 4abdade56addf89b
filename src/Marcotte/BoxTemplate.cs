using Marcotte.Abi;

namespace Marcotte;

/// <summary>
/// A program and its surface, checked and linked: starts any number of boxes, also at the same time. Boxes that it started
/// may outlive it.
/// </summary>
public sealed class BoxTemplate : IDisposable
{
    private readonly BoxEngine? _ownEngine;
    private readonly LayerSet _layers;
    private readonly CompiledModule _module;
    private readonly ProgramStore _programs;
    private int _disposed;

    /// <param name="engine">What it runs on.</param>
    /// <param name="ownEngine">The same where nobody else has it, to be disposed; null otherwise.</param>
    /// <param name="module">The program.</param>
    /// <param name="programs">Those that its boxes run beside it; they share its layers.</param>
    /// <param name="telemetry">Who is told of it.</param>
    internal BoxTemplate(BoxEngine engine, BoxEngine? ownEngine, CompiledModule module, ProgramStore programs, BoxTelemetry telemetry)
    {
        Engine = engine;
        _ownEngine = ownEngine;
        _module = module;
        _programs = programs;
        _layers = programs.Layers;
        Telemetry = telemetry;
        Program = programs.Link(module);
        Exports = new ExportTable(module.Module);
        engine.Acquire();
    }

    /// <summary>What logs and metrics call it: what <see cref="BoxBuilder.WithName"/> said, or the module's name.</summary>
    public string Name => Telemetry.Template;

    /// <summary>The engine it runs on.</summary>
    public BoxEngine Engine { get; }

    /// <summary>Whether the program is called function by function (<see cref="Box.Call"/>) rather than run: it exports no <c>_start</c>.</summary>
    public bool IsReactor => Exports.IsReactor;

    internal BoxTelemetry Telemetry { get; }

    /// <summary>Where the host has placed programs in its boxes.</summary>
    internal IReadOnlySet<string> PlacedPrograms => _layers.ProgramPaths;

    internal GuestProgram Program { get; }

    internal ExportTable Exports { get; }

    /// <summary>Makes a box. Nothing of the guest runs yet.</summary>
    /// <param name="start">What it has of its own; null for the template's alone.</param>
    /// <returns>The box; dispose it.</returns>
    public Box Create(BoxStart? start = null)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        StartedProcess started = _layers.Start(start);
        started.Process.Kernel.Programs = new BoxPrograms(_programs, Engine.Threads);
        return new Box(this, started);
    }

    /// <summary>Makes a box, runs its program to the end, and disposes it.</summary>
    /// <param name="start">What it has of its own.</param>
    /// <returns>How it ended, and what it wrote.</returns>
    public BoxResult Run(BoxStart? start = null)
    {
        using Box box = Create(start);
        return new BoxResult(box.Run(), box.Output, box.Error);
    }

    /// <summary>Makes a box, runs its program to the end on a thread of its own, and disposes it.</summary>
    /// <param name="start">What it has of its own.</param>
    /// <param name="cancellationToken">Ends the box, whose outcome then is <see cref="Killed"/>.</param>
    /// <returns>How it ended, and what it wrote.</returns>
    public async Task<BoxResult> RunAsync(BoxStart? start = null, CancellationToken cancellationToken = default)
    {
        Box box = Create(start);
        await using (box.ConfigureAwait(false))
        {
            return new BoxResult(await box.RunAsync(cancellationToken).ConfigureAwait(false), box.Output, box.Error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _programs.Dispose();
        Program.Dispose();
        _module.Dispose();
        _layers.Dispose();
        _ownEngine?.Dispose();
        Engine.Release();
    }
}

/// <summary>How a box ended, and what it wrote.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Output">Its standard output, when that was captured.</param>
/// <param name="Error">Its standard error, when that was captured.</param>
public sealed record BoxResult(Outcome Outcome, CapturedOutput? Output, CapturedOutput? Error);
