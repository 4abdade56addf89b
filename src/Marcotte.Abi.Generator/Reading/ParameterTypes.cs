using Microsoft.CodeAnalysis;

namespace Marcotte.Abi.Generator;

/// <summary>The types that a guest can pass.</summary>
internal static class ParameterTypes
{
    private const string Numbers = "take int, uint, long, ulong, float, double, an enum over one of these integers, GuestPtr<T>, GuestOut<T>, GuestSpan<T> or GuestText";

    /// <summary>Reads a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The model; null when a guest cannot pass its type.</returns>
    public static ImportParameter? Read(IParameterSymbol parameter)
    {
        ITypeSymbol type = parameter.Type;
        string name = Names.SnakeCase(parameter.Name);
        string qualified = Names.Qualified(type);
        if (IsDescriptor(parameter))
        {
            return type.SpecialType == SpecialType.System_Int32
                ? new ImportParameter(name, ArgumentShape.Number, "Descriptor", "I32", "4", qualified)
                : null;
        }

        if (Number(type) is { } number)
        {
            return new ImportParameter(name, ArgumentShape.Number, number.Kind, number.Slot, number.Size, qualified);
        }

        if (type is INamedTypeSymbol { EnumUnderlyingType: { } underlying })
        {
            return Number(underlying) is { } value
                ? new ImportParameter(name, ArgumentShape.Enum, "Enum", value.Slot, value.Size, qualified)
                : null;
        }

        if (KernelTypes.IsText(type))
        {
            return new ImportParameter(name, ArgumentShape.Pair, "Text", "U32", "1", qualified);
        }

        return ReadPointer(type, "GuestPtr", ArgumentShape.Pointer, "Pointer", name)
            ?? ReadPointer(type, "GuestOut", ArgumentShape.Pointer, "Out", name)
            ?? ReadPointer(type, "GuestSpan", ArgumentShape.Pair, "Span", name);
    }

    /// <summary>What a number is to WebAssembly.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Its ParameterKind, its member of WasmValue and its size; null when it is no number that a guest passes.</returns>
    public static (string Kind, string Slot, string Size)? Number(ITypeSymbol type) => type.SpecialType switch
    {
        // nint and nuint are IntPtr and UIntPtr: not here, for their size is the host's.
        SpecialType.System_Int32 => ("Signed", "I32", "4"),
        SpecialType.System_UInt32 => ("Unsigned", "U32", "4"),
        SpecialType.System_Int64 => ("Signed", "I64", "8"),
        SpecialType.System_UInt64 => ("Unsigned", "U64", "8"),
        SpecialType.System_Single => ("Float", "F32", "4"),
        SpecialType.System_Double => ("Float", "F64", "8"),
        _ => null,
    };

    /// <summary>What to do about a parameter that a guest cannot pass.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The words.</returns>
    public static string Remedy(IParameterSymbol parameter) =>
        IsDescriptor(parameter) ? "the number of a descriptor is an int, so take int or remove [GuestDescriptor]" : Remedy(parameter.Type);

    private static string Remedy(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { EnumUnderlyingType: { } underlying } =>
            $"an enum over {Names.Readable(underlying)} would hide the high bits of what the guest passes, so use an enum over int, uint, long or ulong",
        { SpecialType: SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 } =>
            "it would hide the high bits of what the guest passes, so take int or uint and check its range",
        { SpecialType: SpecialType.System_String } =>
            "take a GuestText and read it through GuestMemory",
        { TypeKind: TypeKind.Pointer } or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } =>
            "a guest's addresses are not the host's, so take a GuestPtr<T>, GuestOut<T> or GuestSpan<T>",
        _ when KernelTypes.IsMemory(type) => "GuestMemory comes from the host, once, as the second parameter: move it there",
        _ when KernelTypes.IsThread(type) => "GuestThread comes from the host, once, as the first parameter: remove this one",
        _ => Numbers,
    };

    private static bool IsDescriptor(IParameterSymbol parameter) => parameter.GetAttributes().Any(KernelTypes.IsGuestDescriptor);

    private static ImportParameter? ReadPointer(ITypeSymbol type, string pointer, ArgumentShape shape, string kind, string name) =>
        KernelTypes.Pointee(type, pointer) is { TypeKind: not TypeKind.Error } pointee
            ? new ImportParameter(name, shape, kind, "U32", $"sizeof({Names.Qualified(pointee)})", Names.Qualified(type))
            : null;
}
