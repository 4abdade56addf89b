using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>A guest did what WebAssembly forbids, or a host call of its failed in a way that is no errno.</summary>
/// <param name="Trap">What happened, and where.</param>
/// <param name="Cause">The exception, when a host call failed.</param>
public sealed record GuestFault(GuestTrap Trap, Exception? Cause) : SignaledEnd(SignalOf(Trap.Kind))
{
    /// <summary>The signal that a native program would have ended by.</summary>
    private static Signal SignalOf(GuestTrapKind kind) => kind switch
    {
        GuestTrapKind.StackOverflow or GuestTrapKind.MemoryOutOfBounds or GuestTrapKind.TableOutOfBounds or GuestTrapKind.NullReference => Signal.Segment,
        GuestTrapKind.HeapMisaligned => Signal.Bus,
        GuestTrapKind.IntegerOverflow or GuestTrapKind.IntegerDivisionByZero or GuestTrapKind.BadConversionToInteger => Signal.FloatingPoint,
        GuestTrapKind.Unreachable or GuestTrapKind.UncaughtException or GuestTrapKind.Host => Signal.Abort,
        GuestTrapKind.OutOfFuel => Signal.CpuLimit,
        GuestTrapKind.Interrupt => Signal.Kill,
        _ => Signal.Illegal,
    };
}

/// <summary>A guest could not begin: the engine or its limits have no room for it.</summary>
/// <param name="Refusal">What was refused.</param>
public sealed record GuestRefused(GuestRefusedException Refusal) : SignaledEnd(Signal.Kill);
