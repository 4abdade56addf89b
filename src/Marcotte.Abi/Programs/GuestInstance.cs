using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Marcotte.Abi.Interop;
using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>A running program: a store with one instance in it, and the guest thread that its host calls belong to.</summary>
/// <remarks>One thread at a time may use it. Disposing it while a call is active is the owner's mistake to prevent.</remarks>
public sealed unsafe partial class GuestInstance : IDisposable
{
    private const int NoLimit = -1;
    private const long MostSpareBytes = 8 * 1024 * 1024;

    private readonly GuestProgram _program;
    private readonly nint _pre;
    private SharedImage? _image;
    private readonly WasmMemory _memory = new();
    private readonly bool _metered;
    private GCHandle<GuestThread> _handle;
    private nint _store;
    private nint _context;
    private NativeInstance _instance;
    private bool _instantiated;

    /// <summary>Prepares a program to run as a process's first thread. Nothing of the guest has run yet.</summary>
    /// <param name="program">The program.</param>
    /// <param name="process">The process; its box's limits hold.</param>
    public GuestInstance(GuestProgram program, Process process)
        : this(program, process, process.Id, null)
    {
    }

    /// <summary>Prepares a thread of a process; all but the first are given what they share.</summary>
    internal GuestInstance(GuestProgram program, Process process, int thread, SharedImage? image)
    {
        Limits limits = process.Kernel.Limits;
        _program = program;
        _pre = program.Acquire();
        _metered = limits.Fuel is not null;
        Thread = new GuestThread(process, thread, _memory);
        _handle = new GCHandle<GuestThread>(Thread);
        nint data = GCHandle<GuestThread>.ToIntPtr(_handle);
        _store = LibWasmtime.StoreNew(program.Engine.DangerousGetHandle(), data, 0);
        _context = LibWasmtime.StoreContext(_store);
        _memory.Open(_context);
        LibWasmtime.StoreLimiter(_store, limits.MemoryBytes, limits.TableElements, NoLimit, NoLimit, limits.Memories);
        LibWasmtime.StoreEpochDeadlineCallback(_store, &EpochPassed, data, 0);
        LibWasmtime.ContextSetEpochDeadline(_context, 1);
        if (limits.Fuel is { } fuel)
        {
            NativeFailure.ThrowIfFailed(LibWasmtime.ContextSetFuel(_context, fuel), "Fuel cannot be set");
        }

        if (image is not null)
        {
            Share(image.Acquire());
        }

        process.Kernel.Interrupted += program.InterruptAction;
    }

    /// <summary>Takes over what an ended process of the same box and program has left; it is instantiated.</summary>
    internal GuestInstance(GuestProgram program, Process process, SpareInstance spare)
    {
        Limits limits = process.Kernel.Limits;
        _program = program;
        _metered = limits.Fuel is not null;
        Thread = new GuestThread(process, process.Id, _memory);
        _handle = spare.Handle;
        _handle.Target = Thread;
        _store = spare.Store;
        _context = LibWasmtime.StoreContext(_store);
        _instance = spare.Instance;
        _instantiated = true;
        _memory.Open(_context);
        fixed (NativeInstance* instance = &_instance)
        {
            _memory.Find(instance);
        }

        // The last process may have ended within the callback, which is out while it runs.
        WatchEpoch();
        if (limits.Fuel is { } fuel)
        {
            NativeFailure.ThrowIfFailed(LibWasmtime.ContextSetFuel(_context, fuel), "Fuel cannot be set");
        }

        program.ReleaseSpare();
        process.Kernel.Interrupted += program.InterruptAction;
    }

    /// <summary>The thread that host calls of the instance belong to.</summary>
    public GuestThread Thread { get; }

    /// <summary>Bytes of the guest's memory now.</summary>
    public long MemoryBytes
    {
        get
        {
            _memory.Refresh(0);
            return (long)_memory.Length;
        }
    }

    /// <summary>Fuel that is left; null when it is not metered.</summary>
    public ulong? Fuel
    {
        get
        {
            if (!_metered || _store == 0)
            {
                return null;
            }

            ulong fuel;
            NativeFailure.ThrowIfFailed(LibWasmtime.ContextGetFuel(_context, &fuel), "Fuel cannot be read");
            return fuel;
        }
    }

    /// <summary>Makes the instance, which runs the module's start function if it has one.</summary>
    /// <returns>How that came back.</returns>
    /// <exception cref="GuestRefusedException">The engine has no room for it, or it asks for more than its limits.</exception>
    public GuestResult Instantiate()
    {
        ObjectDisposedException.ThrowIf(_store == 0, this);
        if (Killed(out GuestResult killed))
        {
            return killed;
        }

        ShareMemory();
        nint trap;
        nint error;
        fixed (NativeInstance* instance = &_instance)
        {
            error = LibWasmtime.InstancePreInstantiate(_image?.Pre ?? _pre, _context, instance, &trap);
        }

        if (error != 0 && Thread.Unwinding is null)
        {
            throw new GuestRefusedException(NativeFailure.FirstLine(NativeFailure.ReadError(error, null, out _)));
        }

        _instantiated = error == 0 && trap == 0;
        if (_instantiated)
        {
            fixed (NativeInstance* instance = &_instance)
            {
                _memory.Find(instance);
            }
        }

        return Result(error, trap);
    }

    /// <summary>Whether the instance exports a function.</summary>
    /// <param name="export">The export's name.</param>
    /// <returns>True when it does.</returns>
    public bool HasFunction(ReadOnlySpan<byte> export) => TryGetFunction(export, out _);

    /// <summary>Calls an exported function.</summary>
    /// <param name="export">The export's name in UTF-8; its type must be known to fit.</param>
    /// <param name="values">The arguments; the results take their place. As long as the longer of the two.</param>
    /// <returns>How the call came back.</returns>
    /// <exception cref="MissingMethodException">There is no such function.</exception>
    public GuestResult Call(ReadOnlySpan<byte> export, Span<WasmValue> values)
    {
        ObjectDisposedException.ThrowIf(_store == 0, this);
        if (!TryGetFunction(export, out NativeExtern function))
        {
            throw new MissingMethodException($"The module exports no function \"{Encoding.UTF8.GetString(export)}\".");
        }

        if (Killed(out GuestResult killed))
        {
            return killed;
        }

        nint trap;
        nint error;
        fixed (WasmValue* start = values)
        {
            error = LibWasmtime.FuncCallUnchecked(_context, &function.Function, start, (nuint)values.Length, &trap);
        }

        return error == 0 && trap == 0 ? default : Result(error, trap);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_store == 0)
        {
            return;
        }

        nint store = Detach();
        LibWasmtime.StoreDelete(store);
        _image?.Leave();
        _handle.Dispose();
        _program.Release();
        Thread.End();
    }

    /// <summary>Ends as disposing does, but keeps what another instance can take over.</summary>
    /// <returns>Null when it is not worth keeping, or too much is kept already; then it is disposed.</returns>
    internal SpareInstance? TakeApart()
    {
        if (!_program.State.IsWhole || _image is not null || !_instantiated || MemoryBytes > MostSpareBytes || !_program.TryReserveSpare())
        {
            Dispose();
            return null;
        }

        SpareInstance spare = new(_program, MemoryBytes, Detach(), _instance, _handle);
        Thread.End();
        return spare;
    }

    /// <summary>
    /// Has the guest look at the epoch while one of its handlers runs: Wasmtime takes the callback out while it calls it, and a guest that is entered from
    /// there would trap at its first look. What was taken out is put back when the callback returns.
    /// </summary>
    internal void WatchEpoch()
    {
        LibWasmtime.StoreEpochDeadlineCallback(_store, &EpochPassed, GCHandle<GuestThread>.ToIntPtr(_handle), 0);
        LibWasmtime.ContextSetEpochDeadline(_context, 1);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint EpochPassed(nint context, nint data, ulong* delta, byte* kind)
    {
        GuestThread thread = GCHandle<GuestThread>.FromIntPtr(data).Target;
        *delta = 1;
        *kind = 0;
        try
        {
            if (thread.IsInterrupted)
            {
                // A guest that unwinds or rewinds is between two places: it can stop or end there, and takes what is for its
                // handlers when it has come to one of them.
                if (thread.Execution is { AcceptsSignals: true })
                {
                    thread.TakeInterrupt();
                }

                thread.Kernel.Signals.Attend(thread);
            }

            thread.ThrowIfKilled();
            return 0;
        }
        catch (Exception exception)
        {
            thread.Unwinding = exception;
            fixed (byte* message = "ended by its host\0"u8)
            {
                return LibWasmtime.ErrorNew(message);
            }
        }
    }

    private nint Detach()
    {
        Thread.Kernel.Interrupted -= _program.InterruptAction;
        Thread.Kernel.Interrupted -= WakeIfKilled;
        _memory.Close();
        nint store = _store;
        _store = _context = 0;
        return store;
    }

    private bool TryGetFunction(ReadOnlySpan<byte> export, out NativeExtern function)
    {
        NativeExtern found = default;
        bool there;
        fixed (byte* name = export)
        fixed (NativeInstance* instance = &_instance)
        {
            there = _instantiated && LibWasmtime.InstanceExportGet(_context, instance, name, (nuint)export.Length, &found);
        }

        function = found;
        return there && found.Kind == NativeExternKind.Function;
    }

    private bool Killed(out GuestResult result)
    {
        result = Thread.Process.Ending is { } end ? new GuestResult(null, new GuestKilledException(end)) : default;
        return result.Unwound is not null;
    }

    private GuestResult Result(nint error, nint trap)
    {
        GuestTrap? guestTrap = null;
        Exception? unwound = Thread.Unwinding;
        Thread.Unwinding = null;
        if (unwound is ProcessExitException or ThreadExitException or ImageReplacedException or CheckpointRestoredException)
        {
            // It ends or goes elsewhere as it asked to: nobody wants to know from where.
            NativeFailure.Drop(error, trap);
        }
        else if (trap != 0)
        {
            guestTrap = NativeFailure.ReadTrap(trap, _program.Name, _program.State.AddedBytes);
        }
        else if (error != 0)
        {
            string message = NativeFailure.ReadError(error, _program.Name, out IReadOnlyList<GuestFrame> frames, _program.State.AddedBytes);
            guestTrap = new GuestTrap(GuestTrapKind.Host, NativeFailure.FirstLine(message), frames);
        }

        return new GuestResult(guestTrap, unwound);
    }
}
