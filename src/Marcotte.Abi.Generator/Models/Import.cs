namespace Marcotte.Abi.Generator;

/// <summary>One host import: what one attribute says about a method. Types are written fully qualified.</summary>
/// <param name="Module">The import's module.</param>
/// <param name="Name">The import's name.</param>
/// <param name="Support">The support level, as an expression.</param>
/// <param name="Needs">The contract it needs.</param>
/// <param name="Note">What the support level leaves to say.</param>
/// <param name="Method">The method that is called.</param>
internal sealed record Import(string Module, string Name, string Support, string? Needs, string? Note, ImportMethod Method);

/// <summary>A method that a guest may call.</summary>
/// <param name="Path">Its fully qualified name.</param>
/// <param name="TakesMemory">Whether it takes the guest's memory after the thread.</param>
/// <param name="Parameters">What the guest passes.</param>
/// <param name="Result">What it gets back.</param>
internal sealed record ImportMethod(string Path, bool TakesMemory, EquatableArray<ImportParameter> Parameters, ImportResult Result);

/// <summary>What a parameter is made from.</summary>
internal enum ArgumentShape
{
    /// <summary>A number, as it is.</summary>
    Number,

    /// <summary>An enumeration, cast from its number.</summary>
    Enum,

    /// <summary>A pointer type, made from one number.</summary>
    Pointer,

    /// <summary>A pointer type with a length or a count, made from two numbers.</summary>
    Pair,
}

/// <summary>A parameter that the guest passes.</summary>
/// <param name="Name">Its name in the specification.</param>
/// <param name="Shape">What it is made from.</param>
/// <param name="Kind">The member of Core's ParameterKind.</param>
/// <param name="Slot">The member of WasmValue that it is read from.</param>
/// <param name="Size">Bytes of the number, of what is pointed to, or of an element, as an expression.</param>
/// <param name="Type">Its type.</param>
internal sealed record ImportParameter(string Name, ArgumentShape Shape, string Kind, string Slot, string Size, string Type)
{
    public int Width => Shape == ArgumentShape.Pair ? 2 : 1;
}

/// <summary>What a method returns.</summary>
internal enum ResultShape
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An errno.</summary>
    Errno,

    /// <summary>A number.</summary>
    Value,
}

/// <summary>What the guest gets back.</summary>
/// <param name="Shape">What the method returns.</param>
/// <param name="Slot">The member of WasmValue that it is written to; empty for nothing.</param>
/// <param name="Type">Its type.</param>
internal sealed record ImportResult(ResultShape Shape, string Slot, string Type);
