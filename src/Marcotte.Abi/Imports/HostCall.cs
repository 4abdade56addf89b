using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Marcotte.Abi.Interop;
using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>What generated thunks call. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HostCall
{
    /// <summary>Finds the thread that calls, and counts the call.</summary>
    /// <param name="environment">What the import was defined with.</param>
    /// <param name="caller">Wasmtime's caller.</param>
    /// <returns>The thread.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static GuestThread Enter(nint environment, nint caller)
    {
        GuestThread thread = Find(environment, caller);
        thread.Calls++;
        return thread;
    }

    /// <summary>Turns an exception into a trap that carries it to whoever called the guest.</summary>
    /// <param name="environment">What the import was defined with.</param>
    /// <param name="caller">Wasmtime's caller.</param>
    /// <param name="exception">What was thrown.</param>
    /// <returns>The trap, for Wasmtime.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Trap(nint environment, nint caller, Exception exception)
    {
        try
        {
            Find(environment, caller).Unwinding = exception;
        }
        catch (InvalidOperationException)
        {
            // No thread is attached to the store: that is what the exception says, and the trap says it for it.
        }

        return NativeFailure.NewTrap(exception.Message);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static GuestThread Find(nint environment, nint caller)
    {
        nint context = LibWasmtime.CallerContext(caller);
        return environment == 0
            ? GCHandle<GuestThread>.FromIntPtr(LibWasmtime.ContextGetData(context)).Target
            : GuestAttachments.Find(environment, context);
    }
}
