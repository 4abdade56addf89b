using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Marcotte.Abi.Generator;

/// <summary>Names as the specification, the compiler and the reader of a message want them.</summary>
internal static class Names
{
    private static readonly SymbolDisplayFormat Relative =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>A type or namespace as generated code names it.</summary>
    public static string Qualified(ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>A namespace as a declaration names it.</summary>
    public static string Declared(INamespaceSymbol symbol) => symbol.ToDisplayString(Relative);

    /// <summary>A type as a message names it.</summary>
    public static string Readable(ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    /// <summary>An identifier that may be a keyword.</summary>
    public static string Escaped(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(identifier) != SyntaxKind.None
            ? "@" + identifier
            : identifier;

    /// <summary>A parameter's name as specifications write it: <c>fsRightsBase</c> is <c>fs_rights_base</c>.</summary>
    public static string SnakeCase(string name)
    {
        StringBuilder text = new(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0 && StartsWord(name, i))
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>An import's module and name as part of an identifier; different imports may give the same.</summary>
    public static string Identifier(string module, string name)
    {
        StringBuilder text = new(module.Length + name.Length + 1);
        foreach (char c in module + "_" + name)
        {
            text.Append(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? c : '_');
        }

        return text.ToString();
    }

    /// <summary>A string literal, or null.</summary>
    public static string Literal(string? text) => text is null ? "null" : SymbolDisplay.FormatLiteral(text, quote: true);

    // A word starts with a capital after a small letter or a digit; of several capitals, the last starts one when a small
    // letter follows: IOVecs is io_vecs.
    private static bool StartsWord(string name, int i) =>
        char.IsUpper(name[i])
        && name[i - 1] != '_'
        && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}
