using Microsoft.CodeAnalysis;

namespace Marcotte.Abi.Generator;

/// <summary>The types of Marcotte that the generator knows by name.</summary>
internal static class KernelTypes
{
    public const string Core = "Marcotte.Core";
    public const string Abi = "Marcotte.Abi";
    public const string HostImport = Abi + ".HostImportAttribute";
    public const string HostImports = Abi + ".HostImportsAttribute";

    public static bool IsThread(ITypeSymbol type) => Is(type, Core, "GuestThread");

    public static bool IsMemory(ITypeSymbol type) => Is(type, Core, "GuestMemory");

    public static bool IsErrno(ITypeSymbol type) => Is(type, Core, "Errno");

    public static bool IsText(ITypeSymbol type) => Is(type, Core, "GuestText");

    /// <summary>What a pointer type points to.</summary>
    /// <param name="type">The type.</param>
    /// <param name="name">The pointer type's name.</param>
    /// <returns>The type pointed to; null when it is no such pointer.</returns>
    public static ITypeSymbol? Pointee(ITypeSymbol type, string name) =>
        type is INamedTypeSymbol { Arity: 1 } named && Is(type, Core, name, arity: 1) ? named.TypeArguments[0] : null;

    public static bool IsHostImport(AttributeData attribute) => attribute.AttributeClass is { } type && Is(type, Abi, "HostImportAttribute");

    public static bool IsHostImports(AttributeData attribute) => attribute.AttributeClass is { } type && Is(type, Abi, "HostImportsAttribute");

    public static bool IsGuestDescriptor(AttributeData attribute) => attribute.AttributeClass is { } type && Is(type, Abi, "GuestDescriptorAttribute");

    /// <summary>Whether a type, or what it derives from, is marked as a contract.</summary>
    public static bool IsContract(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type.OriginalDefinition; t is not null; t = t.BaseType)
        {
            if (t.GetAttributes().Any(a => a.AttributeClass is { } attribute && Is(attribute, Core, "LayerContractAttribute")))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(ITypeSymbol type, string space, string name, int arity = 0) =>
        type is INamedTypeSymbol named
        && named.Name == name
        && named.Arity == arity
        && named.ContainingType is null
        && named.ContainingNamespace?.ToDisplayString() == space;
}
