namespace Marcotte.Core;

/// <summary>What a path rule does.</summary>
public enum PathAction
{
    /// <summary>It is allowed, though a rule further up denies or observes it.</summary>
    Allow,

    /// <summary>It is allowed, and told of.</summary>
    Observe,

    /// <summary>It is denied, and told of.</summary>
    Deny,
}

/// <summary>A rule on the file at a path and on all beneath it. Of several on the way to a file, the nearest that speaks of a verb counts.</summary>
public sealed record PathRule
{
    /// <summary>Makes a rule.</summary>
    /// <param name="path">An absolute path of the box; slashes are made single.</param>
    /// <param name="action">What it does.</param>
    /// <param name="verbs">What it speaks of.</param>
    /// <param name="errno">What is answered to what it denies.</param>
    /// <exception cref="ArgumentException">It makes no sense; the message says why.</exception>
    public PathRule(string path, PathAction action, PathVerbs verbs = PathVerbs.All, Errno errno = Errno.Access)
    {
        Path = Normalize(path);
        Action = Enum.IsDefined(action) ? action : throw new ArgumentOutOfRangeException(nameof(action), action, "There is no such action.");
        Verbs = verbs != PathVerbs.None
            ? verbs
            : throw new ArgumentException($"The rule on \"{path}\" speaks of nothing; name what it is about, such as PathVerbs.All.", nameof(verbs));
        Errno = errno != Errno.Success
            ? errno
            : throw new ArgumentException("What is denied cannot answer success; name an error, such as Errno.Access.", nameof(errno));
    }

    /// <summary>Its path, in the one form: slashes single, none at the end.</summary>
    public string Path { get; }

    /// <summary>What it does.</summary>
    public PathAction Action { get; }

    /// <summary>What it speaks of.</summary>
    public PathVerbs Verbs { get; }

    /// <summary>What is answered to what it denies.</summary>
    public Errno Errno { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Action.ToString().ToLowerInvariant()} {Path}{(Verbs == PathVerbs.All ? "" : $" ({Verbs.ToString().ToLowerInvariant().Replace(", ", "|", StringComparison.Ordinal)})")}";

    private static string Normalize(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string[] names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string? fault = path switch
        {
            _ when path[0] != '/' => "is no absolute path of the box; write it from the top",
            _ when path.Contains('\0', StringComparison.Ordinal) => "holds a NUL; remove it",
            _ when names.Any(name => name is "." or "..") => "holds \".\" or \"..\"; write the path that is meant without it",
            _ when path.AsSpan().IndexOfAny('*', '?') >= 0 => "holds a wildcard, which path rules have not: a rule holds for all beneath its path",
            _ => null,
        };
        return fault is null ? "/" + string.Join('/', names) : throw new ArgumentException($"\"{path}\" {fault}.", nameof(path));
    }
}
