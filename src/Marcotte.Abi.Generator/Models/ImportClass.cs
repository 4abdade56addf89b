namespace Marcotte.Abi.Generator;

/// <summary>A class of host imports, as its source says; all that the emitted code depends on, and nothing else.</summary>
/// <param name="Namespace">Its namespace; null for the global one.</param>
/// <param name="Headers">The types around it, outermost first, and itself.</param>
/// <param name="IsPublic">Whether it is public; otherwise its list of imports is internal.</param>
/// <param name="ErrnoEncoder">The type that gives the ABI's errno; null when Linux's numbers go out.</param>
/// <param name="Imports">Its imports, in source order.</param>
internal sealed record ImportClass(
    string? Namespace,
    EquatableArray<TypeHeader> Headers,
    bool IsPublic,
    string? ErrnoEncoder,
    EquatableArray<Import> Imports);

/// <summary>How a part of a type begins.</summary>
/// <param name="Keyword">Such as <c>static partial class</c>.</param>
/// <param name="Name">The type's name.</param>
internal sealed record TypeHeader(string Keyword, string Name);
