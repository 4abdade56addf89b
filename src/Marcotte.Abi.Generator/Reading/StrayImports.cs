using Microsoft.CodeAnalysis;

namespace Marcotte.Abi.Generator;

/// <summary>Finds methods marked [HostImport] that no class reader comes across.</summary>
internal static class StrayImports
{
    /// <summary>Says what is wrong with a method that its class, or its kind, hides.</summary>
    /// <param name="context">The attribute and the method.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What to say; null when the class reader sees the method.</returns>
    public static DiagnosticInfo? Find(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (context.TargetSymbol is not IMethodSymbol method)
        {
            return null;
        }

        Location place = context.TargetSymbol.Locations.FirstOrDefault() ?? context.TargetNode.GetLocation();
        if (method.MethodKind != MethodKind.Ordinary)
        {
            return DiagnosticInfo.Create(
                Diagnostics.MethodCannotBeImported,
                place,
                method.Name,
                "is a local function, an accessor or an operator",
                "make it an ordinary static method of the class");
        }

        INamedTypeSymbol type = method.ContainingType;
        return type.GetAttributes().Any(KernelTypes.IsHostImports)
            ? null
            : DiagnosticInfo.Create(Diagnostics.ClassIsNotMarked, place, method.Name, type.Name);
    }
}
