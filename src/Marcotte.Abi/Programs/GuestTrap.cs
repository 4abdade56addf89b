using System.Globalization;
using System.Text;

namespace Marcotte.Abi;

/// <summary>What a guest did that WebAssembly forbids (<c>wasmtime_trap_code_t</c>).</summary>
public enum GuestTrapKind
{
    /// <summary>A host call ended it.</summary>
    Host = -1,

    /// <summary>Its stack overflowed.</summary>
    StackOverflow = 0,

    /// <summary>It reached beyond its memory.</summary>
    MemoryOutOfBounds = 1,

    /// <summary>An atomic access was not aligned.</summary>
    HeapMisaligned = 2,

    /// <summary>It reached beyond a table.</summary>
    TableOutOfBounds = 3,

    /// <summary>It called a null entry of a table.</summary>
    IndirectCallToNull = 4,

    /// <summary>It called an entry of a table as another type.</summary>
    BadSignature = 5,

    /// <summary>An integer operation overflowed.</summary>
    IntegerOverflow = 6,

    /// <summary>It divided by zero.</summary>
    IntegerDivisionByZero = 7,

    /// <summary>A floating-point number fits no integer.</summary>
    BadConversionToInteger = 8,

    /// <summary>It executed <c>unreachable</c>; abort and failed assertions do.</summary>
    Unreachable = 9,

    /// <summary>The host interrupted it.</summary>
    Interrupt = 10,

    /// <summary>Its fuel ran out.</summary>
    OutOfFuel = 11,

    /// <summary>It waited atomically on memory that is not shared.</summary>
    AtomicWaitNonSharedMemory = 12,

    /// <summary>It used a null reference.</summary>
    NullReference = 13,

    /// <summary>It reached beyond an array.</summary>
    ArrayOutOfBounds = 14,

    /// <summary>It asked for an object larger than there can be.</summary>
    AllocationTooLarge = 15,

    /// <summary>A reference is not of the type it was cast to.</summary>
    CastFailure = 16,

    /// <summary>It threw an exception that nothing in it caught.</summary>
    UncaughtException = 49,
}

/// <summary>A function that was active in a guest.</summary>
/// <param name="Module">The module's name, if it has one.</param>
/// <param name="Function">The function's name, if the module tells it.</param>
/// <param name="Index">The function's index in the module.</param>
/// <param name="Offset">The instruction, in bytes from the module's start.</param>
public sealed record GuestFrame(string? Module, string? Function, uint Index, long Offset)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Module ?? "<module>"}!{Function ?? $"<function {Index}>"} +0x{Offset:x}");
}

/// <summary>How a guest trapped.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="Message">The same in words.</param>
/// <param name="Frames">What was active, innermost first.</param>
public sealed record GuestTrap(GuestTrapKind Kind, string Message, IReadOnlyList<GuestFrame> Frames)
{
    /// <summary>The message and the frames, a line each.</summary>
    /// <returns>Text for a person.</returns>
    public override string ToString()
    {
        StringBuilder text = new(Message);
        for (int i = 0; i < Frames.Count; i++)
        {
            text.Append('\n').Append(CultureInfo.InvariantCulture, $"  {i,3}: {Frames[i]}");
        }

        return text.ToString();
    }
}
