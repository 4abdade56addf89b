namespace Marcotte.Core;

/// <summary>How much of a call is there.</summary>
public enum SupportLevel
{
    /// <summary>All of it, as its specification says.</summary>
    Full,

    /// <summary>Part of it; the note says which.</summary>
    Partial,

    /// <summary>It only answers that it is not there, with the errno that its specification gives.</summary>
    Refused,
}

/// <summary>What an argument of a call is.</summary>
public enum ParameterKind
{
    /// <summary>A signed number.</summary>
    Signed,

    /// <summary>An unsigned number.</summary>
    Unsigned,

    /// <summary>A floating-point number.</summary>
    Float,

    /// <summary>A set of flags or an enumeration; <see cref="SyscallParameter.Enum"/> has its names.</summary>
    Enum,

    /// <summary>A pointer to what the call reads.</summary>
    Pointer,

    /// <summary>A pointer to where a result goes.</summary>
    Out,

    /// <summary>A pointer and a count of elements: two WebAssembly values.</summary>
    Span,

    /// <summary>A pointer and a length of a string: two WebAssembly values.</summary>
    Text,

    /// <summary>The number of an open descriptor, signed.</summary>
    Descriptor,
}

/// <summary>An argument of a call.</summary>
/// <param name="Name">Its name in the specification.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Bytes of the number, of what is pointed to, or of an element.</param>
/// <param name="Enum">The enumeration, when it is one.</param>
public sealed record SyscallParameter(string Name, ParameterKind Kind, int Size, Type? Enum = null)
{
    /// <summary>How many WebAssembly values it takes.</summary>
    public int Width => Kind is ParameterKind.Span or ParameterKind.Text ? 2 : 1;
}

/// <summary>What a call answers.</summary>
public enum ResultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An errno, in the numbers of its ABI.</summary>
    Errno,

    /// <summary>A number.</summary>
    Value,
}

/// <summary>A host call as data: tracing, the check of a module's imports and the documentation's tables read it.</summary>
/// <param name="Module">The import's module.</param>
/// <param name="Name">The import's name.</param>
/// <param name="Parameters">Its arguments in order.</param>
/// <param name="Result">What it answers.</param>
/// <param name="Support">How much of it is there.</param>
/// <param name="Needs">The contract without which it can only answer <see cref="Errno.NoSys"/>; null when Core is enough.</param>
/// <param name="Note">What the support level leaves to say.</param>
public sealed record Syscall(
    string Module,
    string Name,
    IReadOnlyList<SyscallParameter> Parameters,
    ResultKind Result,
    SupportLevel Support,
    Type? Needs,
    string? Note);
