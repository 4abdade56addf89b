using System.Text;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Paths by Unix's rules, whatever the host's are.</summary>
internal static class UnixPath
{
    internal const char Slash = '/';

    internal static bool IsRooted(ReadOnlySpan<char> path) => path.StartsWith(Slash);

    internal static bool EndsInSlash(ReadOnlySpan<char> path) => path.EndsWith(Slash);

    /// <summary>Without one slash at the end, unless it is all there is.</summary>
    internal static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> path) =>
        path.Length > 1 && EndsInSlash(path) ? path[..^1] : path;

    /// <inheritdoc cref="TrimEnd(ReadOnlySpan{char})"/>
    internal static string TrimEnd(string path) => path is { Length: > 1 } && EndsInSlash(path) ? path[..^1] : path;

    /// <summary>What lies before the last name; empty of a lone name and of the root, which have nothing before them.</summary>
    internal static ReadOnlySpan<char> DirectoryName(ReadOnlySpan<char> path)
    {
        int slash = path.LastIndexOf(Slash);
        if (slash <= 0)
        {
            return slash == 0 && path.Length > 1 ? path[..1] : default;
        }

        ReadOnlySpan<char> before = path[..slash].TrimEnd(Slash);
        return before.IsEmpty ? path[..1] : before;
    }

    internal static ReadOnlySpan<char> FileName(ReadOnlySpan<char> path) => path[(path.LastIndexOf(Slash) + 1)..];

    /// <summary>The extension with its dot; empty when there is none, or nothing behind the dot.</summary>
    internal static ReadOnlySpan<char> Extension(ReadOnlySpan<char> path)
    {
        ReadOnlySpan<char> name = FileName(path);
        int dot = name.LastIndexOf('.');
        return dot < 0 || dot == name.Length - 1 ? default : name[dot..];
    }

    internal static ReadOnlySpan<char> NameWithoutExtension(ReadOnlySpan<char> path)
    {
        ReadOnlySpan<char> name = FileName(path);
        int dot = name.LastIndexOf('.');
        return dot < 0 ? name : name[..dot];
    }

    /// <summary>The second path, put behind the first unless it is rooted.</summary>
    internal static string Combine(string first, string second) =>
        first.Length == 0 || IsRooted(second) ? second : second.Length == 0 ? first : Join(first, second);

    /// <summary>One path behind another, with a slash between them.</summary>
    internal static string Join(ReadOnlySpan<char> first, ReadOnlySpan<char> second) =>
        first.IsEmpty ? second.ToString()
        : second.IsEmpty ? first.ToString()
        : EndsInSlash(first) || IsRooted(second) ? string.Concat(first, second)
        : string.Concat(first, "/", second);

    /// <summary>A rooted path without double slashes, <c>.</c> and <c>..</c>; a slash at the end stays.</summary>
    internal static string Collapse(string path)
    {
        if (!NeedsCollapsing(path))
        {
            return path;
        }

        StringBuilder collapsed = new(path.Length);
        foreach (Range range in path.AsSpan().Split(Slash))
        {
            ReadOnlySpan<char> name = path.AsSpan(range);
            if (name is "..")
            {
                int parent = collapsed.Length;
                while (parent > 0 && collapsed[--parent] != Slash)
                {
                }

                collapsed.Length = parent;
            }
            else if (name is not ("" or "."))
            {
                collapsed.Append(Slash).Append(name);
            }
        }

        return collapsed.Length == 0 || EndsInSlash(path) ? collapsed.Append(Slash).ToString() : collapsed.ToString();
    }

    /// <summary>How to get from one full path to another.</summary>
    internal static string Relative(string from, string to)
    {
        ReadOnlySpan<char> start = TrimEnd(from.AsSpan());
        ReadOnlySpan<char> end = TrimEnd(to.AsSpan());
        if (start.SequenceEqual(end))
        {
            return ".";
        }

        string[] starts = Names(start);
        string[] ends = Names(end);
        int common = 0;
        while (common < starts.Length && common < ends.Length && starts[common] == ends[common])
        {
            common++;
        }

        IEnumerable<string> way = Enumerable.Repeat("..", starts.Length - common).Concat(ends[common..]);
        string relative = string.Join(Slash, way);
        return EndsInSlash(to) && common < ends.Length ? relative + Slash : relative;
    }

    private static string[] Names(ReadOnlySpan<char> path) => path.ToString().Split(Slash, StringSplitOptions.RemoveEmptyEntries);

    private static bool NeedsCollapsing(string path)
    {
        for (int slash = 0; slash >= 0; slash = path.IndexOf(Slash, slash + 1))
        {
            ReadOnlySpan<char> rest = path.AsSpan(slash + 1);
            if (rest.StartsWith(Slash) || rest is "." or ".." || rest.StartsWith("./", StringComparison.Ordinal) || rest.StartsWith("../", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
