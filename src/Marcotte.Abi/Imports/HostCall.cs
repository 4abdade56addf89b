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
    /// <summary>Finds the thread that calls, and counts the call. Does not throw.</summary>
    /// <param name="environment">What the import was defined with.</param>
    /// <param name="caller">Wasmtime's caller.</param>
    /// <returns>The thread; null when the store is a caller's own and not attached.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static GuestThread? Enter(nint environment, nint caller)
    {
        nint context = LibWasmtime.CallerContext(caller);
        if (environment != 0)
        {
            return EnterAttached(environment, context);
        }

        GuestThread thread = GCHandle<GuestThread>.FromIntPtr(LibWasmtime.ContextGetData(context)).Target;
        thread.Calls++;
        return thread;
    }

    /// <summary>Turns an exception into a trap that carries it to whoever called the guest.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="exception">What was thrown.</param>
    /// <returns>The trap, for Wasmtime.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Trap(GuestThread thread, Exception exception)
    {
        thread.Unwinding = exception;
        return NativeFailure.NewTrap(exception.Message);
    }

    /// <summary>A trap that tells whoever called the guest what he left out.</summary>
    /// <returns>The trap, for Wasmtime.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint RefuseUnattached() => NativeFailure.NewTrap(
        "A guest called a Marcotte import from a store that is not attached; call Attach(store) before its first call.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static GuestThread? EnterAttached(nint environment, nint context)
    {
        GuestThread? thread = GuestAttachments.Find(environment, context);
        if (thread is not null)
        {
            // What an earlier call ended with is told until the guest goes on.
            thread.Unwinding = null;
            thread.Calls++;
        }

        return thread;
    }
}
