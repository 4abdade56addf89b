using System.Text;
using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>A thread of a WebAssembly guest: its instance, and how it is entered, left, doubled and entered again.</summary>
public sealed class GuestExecution : Execution
{
    private static readonly byte[] MainEntry = Encoding.ASCII.GetBytes("_start");
    private static readonly byte[] ThreadEntry = Encoding.ASCII.GetBytes("wasi_thread_start");

    private readonly GuestInstance _instance;
    private readonly uint _argument;
    private readonly bool _isThread;
    private Checkpoints? _checkpoints;
    private Asyncify? _asyncify;
    private bool _instantiated;
    private bool _soughtAsyncify;
    private Stage _stage;
    private int _handlers;
    private Process? _child;
    private uint _buffer;
    private Checkpoint? _target;
    private Resumed _resumed;
    private ProcessEnd? _failed;
    private long _memoryBytes;
    private ulong? _fuel;
    private bool _entered;
    private bool _isWhole;
    private SpareSlot? _spares;
    private SpareSlot? _parentSpares;
    private bool _disposed;

    /// <summary>Prepares a program's first thread. Nothing of the guest has run yet.</summary>
    /// <param name="program">The program.</param>
    /// <param name="process">The process it is the program of.</param>
    public GuestExecution(GuestProgram program, Process process)
        : this(new GuestInstance(program, process), isThread: false, argument: 0)
    {
    }

    private GuestExecution(GuestInstance instance, bool isThread, uint argument)
    {
        _instance = instance;
        _isThread = isThread;
        _argument = argument;
        instance.Thread.Execution = this;
    }

    private enum Stage
    {
        /// <summary>The guest runs, or is in a host call.</summary>
        Running,

        /// <summary>It unwinds, to be doubled.</summary>
        Forking,

        /// <summary>It unwinds, for its place to be kept.</summary>
        Keeping,

        /// <summary>It rewinds, to the host call that is made again.</summary>
        Rewinding,
    }

    /// <inheritdoc/>
    public override GuestThread Thread => _instance.Thread;

    /// <inheritdoc/>
    public override bool CanFork => _entered && _stage == Stage.Running && _handlers == 0 && FindAsyncify() is not null;

    /// <inheritdoc/>
    public override bool AcceptsSignals => _stage == Stage.Running && SignalExport is { } name && _instance.HasFunction(name);

    /// <summary>The export that is called for signals (WASIX' callback_signal); null while the guest takes none.</summary>
    public byte[]? SignalExport { get; set; }

    /// <inheritdoc/>
    public override long MemoryBytes => _disposed ? _memoryBytes : _instance.MemoryBytes;

    /// <summary>Fuel that is left, or was at the end; null when it is not metered.</summary>
    public ulong? Fuel => _disposed ? _fuel : _instance.Fuel;

    /// <summary>Makes the instance, which runs the module's start function if it has one.</summary>
    /// <returns>Null when that returned, else how the process ends.</returns>
    /// <exception cref="GuestRefusedException">The engine has no room for it, or it asks for more than its limits.</exception>
    public ProcessEnd? Instantiate()
    {
        _instantiated = true;
        GuestResult result = _instance.Instantiate();
        return _failed = result.Returned ? null : EndOf(result) ?? Thread.Process.Ending;
    }

    /// <summary>Calls an export of a program that is called function by function rather than run.</summary>
    /// <param name="export">The export's name in UTF-8; its type must be known to fit.</param>
    /// <param name="values">The arguments; the results take their place. As long as the longer of the two.</param>
    /// <returns>Null when it returned, else how the process ends.</returns>
    public ProcessEnd? Call(ReadOnlySpan<byte> export, Span<WasmValue> values)
    {
        GuestResult result = _instance.Call(export, values);
        return result.Returned ? null : EndOf(result) ?? Thread.Process.Ending ?? new ExitedEnd(0);
    }

    /// <inheritdoc/>
    public override ProcessEnd? Run()
    {
        if (!_instantiated)
        {
            try
            {
                Instantiate();
            }
            catch (GuestRefusedException exception)
            {
                return new GuestRefused(exception);
            }
        }

        return _failed ?? RunEntry();
    }

    /// <inheritdoc/>
    public override Errno Fork(Process child)
    {
        if (!CanFork)
        {
            return Errno.NoSys;
        }

        Errno errno = _asyncify!.BeginUnwind(_isThread);
        if (errno == Errno.Success)
        {
            _child = child;
            _stage = Stage.Forking;
        }

        return errno;
    }

    /// <inheritdoc/>
    public override Errno Checkpoint(uint buffer)
    {
        if (!CanFork)
        {
            return Errno.NoSys;
        }

        Errno errno = _asyncify!.BeginUnwind(_isThread);
        if (errno == Errno.Success)
        {
            _buffer = buffer;
            _stage = Stage.Keeping;
        }

        return errno;
    }

    /// <inheritdoc/>
    public override Errno Restore(ulong checkpoint, long value)
    {
        if (_checkpoints?.Find(checkpoint) is not { } target)
        {
            return Errno.Inval;
        }

        // What is on the stack now is given up, so it need not be unwound by the guest: a trap takes it off.
        _target = target;
        _resumed = new Resumed(Errno.Success, checkpoint, value);
        throw new CheckpointRestoredException();
    }

    /// <inheritdoc/>
    public override bool TryResume(out Resumed resumed)
    {
        resumed = _resumed;
        if (_stage != Stage.Rewinding)
        {
            return false;
        }

        _stage = Stage.Running;
        _asyncify!.EndRewind();
        if (Thread.IsInterrupted)
        {
            // What came on the way here is still to be seen to.
            Thread.Kernel.Interrupt();
        }

        return true;
    }

    /// <inheritdoc/>
    public override Errno NewThread(int id, uint argument, out Execution? thread)
    {
        thread = null;
        if (_instance.Image is not { } image || !_instance.HasFunction(ThreadEntry))
        {
            return Errno.NoSys;
        }

        GuestExecution made = new(new GuestInstance(_instance.Program, Thread.Process, id, image), isThread: true, argument)
        {
            SignalExport = SignalExport,
        };
        try
        {
            made.Instantiate();
            thread = made;
            return Errno.Success;
        }
        catch (GuestRefusedException)
        {
            made.Dispose();
            return Errno.Again;
        }
    }

    /// <inheritdoc/>
    public override void Deliver(Signal signal)
    {
        if (SignalExport is not { } name)
        {
            return;
        }

        // A leaf function may keep data below the stack pointer without moving it.
        bool moves = _instance.TryGetGlobal("__stack_pointer"u8, out uint pointer);
        if (moves)
        {
            _instance.SetGlobal("__stack_pointer"u8, (pointer - Asyncify.RedZone) & ~15u);
        }

        _handlers++;
        _instance.WatchEpoch();
        GuestResult result;
        try
        {
            Span<WasmValue> values = [new WasmValue { U32 = (uint)signal }];
            result = _instance.Call(name, values);
        }
        finally
        {
            _handlers--;
        }

        if (result.Unwound is { } unwound)
        {
            throw unwound;
        }

        if (result.Trap is { } trap)
        {
            throw new HandlerTrappedException(trap);
        }

        if (moves)
        {
            _instance.SetGlobal("__stack_pointer"u8, pointer);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!_disposed)
        {
            if (_child is { } unborn)
            {
                // It ended on its way to doubling itself.
                _child = null;
                Thread.Kernel.Processes.Abandon(unborn);
            }

            _memoryBytes = _instance.MemoryBytes;
            _fuel = _instance.Fuel;
            _disposed = true;
            _spares?.Dispose();
            if (_parentSpares is null || !_isWhole)
            {
                _instance.Dispose();
            }
            else if (_instance.TakeApart() is { } spare)
            {
                _parentSpares.Leave(spare);
            }
        }

        base.Dispose(disposing);
    }

    private ProcessEnd? RunEntry()
    {
        for (_entered = true;;)
        {
            Span<WasmValue> values = _isThread ? [new WasmValue { I32 = Thread.Id }, new WasmValue { U32 = _argument }] : [];
            GuestResult result = _instance.Call(_isThread ? ThreadEntry : MainEntry, values);
            if (result.Returned && _stage is Stage.Forking or Stage.Keeping)
            {
                Unwound();
            }
            else if (result.Unwound is CheckpointRestoredException && _target is { } target)
            {
                GoTo(target);
            }
            else
            {
                _isWhole = _stage == Stage.Running && (result.Returned || result.Unwound is ProcessExitException or ImageReplacedException);
                return EndOf(result);
            }
        }
    }

    /// <summary>The guest's calls are off its stack: does what they were taken off for, and puts them back.</summary>
    private void Unwound()
    {
        _asyncify!.EndUnwind();
        if (_stage == Stage.Forking)
        {
            _resumed = Double(_child!);
            _child = null;
        }
        else
        {
            _checkpoints ??= new Checkpoints(Thread.Kernel.Limits.CheckpointBytes);
            ulong number = _checkpoints.Keep(_buffer, _asyncify.StackPointer, _asyncify.Save());
            _resumed = new Resumed(number == 0 ? Errno.NoMem : Errno.Success, number, 0);
        }

        Rewind();
    }

    private void GoTo(Checkpoint target)
    {
        _target = null;
        _asyncify!.StackPointer = target.StackPointer;
        _asyncify.Load(target.Frames);
        Rewind();
    }

    private void Rewind()
    {
        _stage = Stage.Rewinding;
        _asyncify!.BeginRewind();
    }

    private Resumed Double(Process child)
    {
        GuestExecution? copy = null;
        Errno errno;
        try
        {
            _spares ??= new SpareSlot();
            SpareInstance? spare = _spares.Take(_instance.MemoryBytes);
            copy = new(
                spare is null ? new GuestInstance(_instance.Program, child) : new GuestInstance(_instance.Program, child, spare), _isThread, _argument)
            {
                SignalExport = SignalExport,
                _parentSpares = _spares,
                _instantiated = spare is not null,
            };
            errno = copy.TakeAfter(this);
        }
        catch (GuestRefusedException)
        {
            errno = Errno.NoMem;
        }

        if (errno != Errno.Success)
        {
            copy?.Dispose();
            Thread.Kernel.Processes.Abandon(child);
            return new Resumed(errno, 0, 0);
        }

        int id = child.Id;
        errno = Thread.Kernel.Processes.Start(child, copy!);
        return new Resumed(errno, 0, id);
    }

    private Errno TakeAfter(GuestExecution parent)
    {
        // Memory that is shared says by a word in it that its data is there already, so it is filled before; memory of the
        // instance's own comes to be with it.
        bool isShared = _instance.Program.MemoryImport is not null;
        bool isNew = !_instantiated;
        if (isShared && !_instance.CopyMemory(parent._instance, isNew))
        {
            return Errno.NoMem;
        }

        if ((!_instantiated && Instantiate() is not null) || (!isShared && !_instance.CopyMemory(parent._instance, isNew)) || FindAsyncify() is null)
        {
            return Errno.NoMem;
        }

        _instance.CopyGlobals(parent._instance);
        _checkpoints = parent._checkpoints?.Copy();
        _asyncify!.Continue(parent._asyncify!);
        Rewind();
        return Errno.Success;
    }

    private Asyncify? FindAsyncify()
    {
        if (!_soughtAsyncify && _instantiated)
        {
            _soughtAsyncify = true;
            _asyncify = Asyncify.Of(_instance);
        }

        return _asyncify;
    }

    private ProcessEnd? EndOf(GuestResult result) => result switch
    {
        { Returned: true } => _isThread ? null : new ExitedEnd(0),
        { Unwound: ProcessExitException exit } => new ExitedEnd(exit.Code),
        { Unwound: ImageReplacedException replaced } => new ReplacedEnd(replaced.Image),
        { Unwound: ThreadExitException or GuestKilledException or CallDeniedException } => null,
        { Unwound: HandlerTrappedException handler } => new GuestFault(handler.Trap, null),
        _ => new GuestFault(result.Trap!, result.Unwound),
    };

    /// <summary>A handler of the guest's trapped, and what it interrupted ends with it.</summary>
    private sealed class HandlerTrappedException(GuestTrap trap) : Exception(trap.Message)
    {
        internal GuestTrap Trap => trap;
    }
}
