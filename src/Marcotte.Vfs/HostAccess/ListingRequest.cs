using System.IO.Enumeration;

namespace Marcotte.Vfs.HostAccess;

#pragma warning disable CA2208 // The names of parameters are those that .NET's exceptions have.

/// <summary>What of a directory is listed, and the form that names get.</summary>
internal sealed class ListingRequest
{
    /// <summary>How .NET lists when it is given a pattern and no more.</summary>
    private static readonly EnumerationOptions Flat = new() { MatchType = MatchType.Win32, AttributesToSkip = 0, IgnoreInaccessible = false };

    private static readonly EnumerationOptions Deep = new()
    {
        MatchType = MatchType.Win32, AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = true,
    };

    private readonly string _expression;
    private readonly bool _ignoresCase;

    private ListingRequest(string directory, string expression, EnumerationOptions options)
    {
        Directory = directory;
        _expression = expression;
        Options = options;

        // Names that differ in case differ here, as they do on Linux.
        _ignoresCase = options.MatchCasing == MatchCasing.CaseInsensitive;
    }

    /// <summary>The directory as it was given, with what the pattern says of directories.</summary>
    internal string Directory { get; }

    internal EnumerationOptions Options { get; }

    internal static EnumerationOptions OptionsOf(SearchOption option) => option switch
    {
        SearchOption.TopDirectoryOnly => Flat,
        SearchOption.AllDirectories => Deep,
        _ => throw new ArgumentOutOfRangeException("searchOption", "Enum value was out of legal range."),
    };

    internal static ListingRequest Of(string path, string searchPattern, EnumerationOptions enumerationOptions)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(searchPattern);
        ArgumentNullException.ThrowIfNull(enumerationOptions);
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("Null character in path.", path);
        }

        if (UnixPath.IsRooted(searchPattern))
        {
            throw new ArgumentException("Second path fragment must not be a drive or UNC name.", "expression");
        }

        if (searchPattern.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("Null character in path.", searchPattern);
        }

        ReadOnlySpan<char> within = UnixPath.DirectoryName(searchPattern);
        string directory = within.IsEmpty ? path : UnixPath.Join(path, within);
        string name = within.IsEmpty ? searchPattern : searchPattern[(within.Length + 1)..];
        return new ListingRequest(directory, Expression(name, enumerationOptions.MatchType), enumerationOptions);
    }

    internal bool Matches(ReadOnlySpan<char> name) => Options.MatchType == MatchType.Simple
        ? FileSystemName.MatchesSimpleExpression(_expression, name, _ignoresCase)
        : FileSystemName.MatchesWin32Expression(_expression, name, _ignoresCase);

    private static string Expression(string pattern, MatchType type)
    {
        if (type == MatchType.Simple)
        {
            return pattern;
        }

        if (type != MatchType.Win32)
        {
            throw new ArgumentOutOfRangeException("options");
        }

        if (pattern is "" or "." or "*" or "*.*")
        {
            return "*";
        }

        // To Unix these are letters; to the matcher they are wildcards of DOS, and its escape.
        string escaped = pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace(">", "\\>", StringComparison.Ordinal).Replace("<", "\\<", StringComparison.Ordinal);
        return FileSystemName.TranslateWin32Expression(escaped);
    }
}
