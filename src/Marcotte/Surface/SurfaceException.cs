namespace Marcotte;

/// <summary>An import of a module that a box's surface does not offer, or cannot back.</summary>
/// <param name="Module">The import's module.</param>
/// <param name="Name">The import's name.</param>
/// <param name="Remedy">What would provide it.</param>
public sealed record MissingImport(string Module, string Name, string Remedy);

/// <summary>A module imports what the box's layers do not back. The message names each import and what would back it.</summary>
public sealed class SurfaceException : Exception
{
    internal SurfaceException(string module, IReadOnlyList<MissingImport> missing)
        : base(Describe(module, missing)) => Missing = missing;

    /// <summary>The imports.</summary>
    public IReadOnlyList<MissingImport> Missing { get; }

    private static string Describe(string module, IReadOnlyList<MissingImport> missing)
    {
        IEnumerable<string> groups = missing
            .GroupBy(import => import.Remedy)
            .Select(group => $"{string.Join(", ", group.Select(import => $"{import.Module}.{import.Name}"))}: {group.Key}");
        return $"Module '{module}' imports what the box does not offer. {string.Join("; ", groups)}. Or call AllowMissingImports() to let such calls fail when they are made.";
    }
}
