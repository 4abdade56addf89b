using System.IO.Abstractions;
using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Processes;
using Marcotte.Vfs;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace Marcotte;

/// <summary>
/// A running instance of a template: its process, files, clock and memory. It runs once; a reactor's exports may be
/// called any number of times. Killing it is safe from any thread; all else is for one thread at a time.
/// </summary>
public sealed class Box : IDisposable, IAsyncDisposable
{
    private readonly BoxLifetime _lifetime = new();
    private readonly BoxTemplate _template;
    private readonly StartedProcess _started;
    private readonly GuestExecution _execution;
    private readonly SyscallCounter? _counter;
    private readonly ProcessTelemetry? _measured;
    private readonly bool _counted;
    private TreeFileSystem? _files;
    private BoxProcesses? _processes;
    private bool _instantiated;

    internal Box(BoxTemplate template, StartedProcess started)
    {
        _template = template;
        _started = started;
        template.Engine.Acquire();
        try
        {
            Kernel kernel = started.Process.Kernel;
            bool processes = kernel.Processes != ProcessTable.None;
            _counter = template.Telemetry.Count(processes);
            kernel.Observer = SyscallObserver.Combine(_counter, kernel.Observer);
            _measured = processes ? template.Telemetry.Watch(template.PlacedPrograms, _counter) : null;
            kernel.ProcessObserver = _measured;
            _execution = new GuestExecution(template.Program, started.Process);
        }
        catch
        {
            started.Process.Close();
            started.Process.Kernel.Dispose();
            template.Engine.Release();
            throw;
        }

        template.Engine.Opened();
        _counted = template.Telemetry.Opened();
    }

    /// <summary>What the program has written to standard output; null when that goes elsewhere.</summary>
    public CapturedOutput? Output => _started.Output as CapturedOutput;

    /// <summary>What the program has written to standard error; null when that goes elsewhere.</summary>
    public CapturedOutput? Error => _started.Error as CapturedOutput;

    /// <summary>The terminal that the first process is on, for the host to type at and to read; null when it is on none. It goes with the box.</summary>
    public PseudoTerminal? Terminal => _started.Terminal;

    /// <summary>The first process.</summary>
    public Process Process => _started.Process;

    /// <summary>The box's processes, for the host to list, to signal and to be told of, before, during and after a run, from any thread.</summary>
    /// <exception cref="InvalidOperationException">The box has no process layer.</exception>
    public BoxProcesses Processes
    {
        get
        {
            lock (_lifetime)
            {
                return _processes ??= new BoxProcesses(Process.Kernel, _template.Name);
            }
        }
    }

    /// <summary>
    /// The box's files for host code, before, during and after a run, from any thread: acts as user 0, with a working directory
    /// of its own. <see cref="TreeFileSystem.Of"/> gives the view of another identity.
    /// </summary>
    /// <exception cref="InvalidOperationException">The box has no files.</exception>
    /// <exception cref="ObjectDisposedException">The box was disposed; what was got before throws it too from then on.</exception>
    public IFileSystem Files
    {
        get
        {
            ObjectDisposedException.ThrowIf(_lifetime.IsDisposed, this);
            return _files ?? Interlocked.CompareExchange(ref _files, OpenFiles(), null) ?? _files;
        }
    }

    /// <summary>Runs the program on the calling thread until it ends.</summary>
    /// <returns>How it ended.</returns>
    /// <exception cref="InvalidOperationException">It has run already, or the module is a reactor.</exception>
    public Outcome Run()
    {
        RequireCommand();
        return OnThreadWithRoom(RunMain).Outcome;
    }

    /// <summary>Runs the program on a thread of its own until it ends.</summary>
    /// <param name="cancellationToken">Ends the program within milliseconds, whatever it does; the outcome then is <see cref="Killed"/>.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="InvalidOperationException">It has run already, or the module is a reactor.</exception>
    public async Task<Outcome> RunAsync(CancellationToken cancellationToken = default)
    {
        RequireCommand();
        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static box => ((Box)box!).Kill(), this);
        await using (registration.ConfigureAwait(false))
        {
            return (await OnOwnThread(RunMain).ConfigureAwait(false)).Outcome;
        }
    }

    /// <summary>Calls a function that the module exports; the first call of a reactor calls its <c>_initialize</c> before.</summary>
    /// <param name="export">The function's name.</param>
    /// <param name="arguments">Its arguments: int, long, float or double each.</param>
    /// <returns>Its results.</returns>
    /// <exception cref="MissingMethodException">There is no such function.</exception>
    /// <exception cref="ArgumentException">The arguments are not what it takes.</exception>
    /// <exception cref="BoxFailedException">It did not return.</exception>
    public IReadOnlyList<object> Call(string export, params ReadOnlySpan<object> arguments)
    {
        ExportedFunction function = _template.Exports.Get(export);
        WasmValue[] values = new WasmValue[Math.Max(function.Parameters.Length, function.Results.Length)];
        function.Encode(arguments, values);
        Ending ending = OnThreadWithRoom(() => Enter(function.Name, values));
        return ending.Returned ? function.Decode(values) : throw new BoxFailedException(ending.Outcome);
    }

    /// <summary>Ends the program within milliseconds, whatever it does.</summary>
    public void Kill() => Process.Kill(KillReason.Killed);

    /// <inheritdoc/>
    /// <remarks>Ends the program if it runs, and waits until it has ended.</remarks>
    public void Dispose()
    {
        if (_lifetime.BeginDispose(Kill))
        {
            _execution.Dispose();
            Process.Kernel.Processes.EndAll();
            Process.Close();
            Process.Kernel.Dispose();
            _template.Engine.Closed();
            _template.Engine.Release();
            _template.Telemetry.Closed(_counted);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_lifetime.IsRunning)
        {
            await Task.Run(Dispose).ConfigureAwait(false);
        }

        Dispose();
    }

    private TreeFileSystem OpenFiles() => Process.Kernel.Files == FileNamespace.None
        ? throw new InvalidOperationException("The box has no files; add a file system layer to its builder with UseVfs(), of Marcotte.Vfs.")
        : TreeFileSystem.Of(Process.Kernel);

    private void RequireCommand()
    {
        if (_template.Exports.IsReactor)
        {
            throw new InvalidOperationException("The module exports no _start; it is a reactor: call its exports with Call().");
        }

        if (_instantiated)
        {
            throw new InvalidOperationException("The box has run already; make another from its template.");
        }
    }

    private Ending RunMain() => Enter("_start"u8, []);

    private Ending OnThreadWithRoom(Func<Ending> enter) =>
        GuestStack.HasRoomFor(_template.Engine.Options.StackBytes) ? enter() : OnOwnThread(enter).GetAwaiter().GetResult();

    private Task<Ending> OnOwnThread(Func<Ending> enter)
    {
        TaskCompletionSource<Ending> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(
            () =>
            {
                SignalStack.Lease stack = SignalStack.Enter();
                try
                {
                    completion.SetResult(enter());
                }
                catch (Exception exception)
                {
                    completion.SetException(exception);
                }
                finally
                {
                    stack.Leave();
                }
            },
            _template.Engine.Options.StackBytes + (2 * GuestStack.HostBytes))
        {
            IsBackground = true,
            Name = "Marcotte box",
        };
        thread.Start();
        return completion.Task;
    }

    private Ending Enter(ReadOnlySpan<byte> export, Span<WasmValue> values)
    {
        _lifetime.Begin();
        Timer? timer = null;
        try
        {
            using BoxRun run = _template.Telemetry.Begin(export, first: !_instantiated, _counter, _measured);
            long began = Stopwatch.GetTimestamp();
            timer = StartTimer();
            try
            {
                Ending ending = Execute(export, values, began);
                Drain();
                run.End(ending.Outcome);
                return ending;
            }
            catch (Exception exception)
            {
                run.Fail(exception);
                throw;
            }
        }
        finally
        {
            timer?.Dispose();
            _lifetime.End();
        }
    }

    private Timer? StartTimer() => Process.Kernel.Limits.WallClock is { } limit
        ? new Timer(static process => ((Process)process!).Kill(KillReason.TimedOut), Process, limit, Timeout.InfiniteTimeSpan)
        : null;

    private Ending Execute(ReadOnlySpan<byte> export, Span<WasmValue> values, long began)
    {
        bool first = !_instantiated;
        _instantiated = true;
        ProcessEnd? end = _template.Exports.IsReactor ? CallReactor(export, values, first) : RunCommand();
        if (end is GuestRefused { Refusal: { PoolIsEmpty: true } refusal })
        {
            throw new InvalidOperationException(
                $"The engine has no room for another box: {refusal.Message}. Raise BoxEngineOptions.MaxBoxes, turn its Pooling off, or dispose boxes sooner.", refusal);
        }

        if (end is GuestRefused { Refusal: { WantsMemory: false } other })
        {
            throw other;
        }

        return new Ending(end is null, Outcome.Of(end ?? new ExitedEnd(0), Usage(began), Process.Kernel.Limits));
    }

    private ProcessEnd RunCommand()
    {
        Process.Carry(_execution);
        Process.Join();
        Process.Kernel.Processes.EndAll();
        return Process.Ending!;
    }

    private ProcessEnd? CallReactor(ReadOnlySpan<byte> export, Span<WasmValue> values, bool first)
    {
        try
        {
            ProcessEnd? failed = first ? _execution.Instantiate() : null;
            return failed
                ?? (first && _template.Exports.HasInitializer ? _execution.Call("_initialize"u8, []) : null)
                ?? _execution.Call(export, values);
        }
        catch (GuestRefusedException refusal)
        {
            return new GuestRefused(refusal);
        }
    }

    private BoxUsage Usage(long began) => new(
        Stopwatch.GetElapsedTime(began),
        Process.Calls,
        Math.Max(Process.PeakBytes, _execution.MemoryBytes),
        Process.Kernel.Limits.Fuel - _execution.Fuel);

    /// <summary>What was written reaches its streams before the program counts as ended, unless the host ended it.</summary>
    private void Drain()
    {
        (_started.Output as StreamOutputFile)?.Drain(Process);
        (_started.Error as StreamOutputFile)?.Drain(Process);
    }

    private readonly record struct Ending(bool Returned, Outcome Outcome);
}
