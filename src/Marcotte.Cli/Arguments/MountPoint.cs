namespace Marcotte.Cli;

/// <summary>A directory that the program is granted.</summary>
/// <param name="GuestPath">Where the program sees it: absolute, without <c>.</c>, <c>..</c> and doubled or trailing slashes.</param>
/// <param name="HostPath">The host's directory; null for one in memory, empty at first.</param>
/// <param name="ReadOnly">Whether the program can change nothing in it.</param>
internal sealed record MountPoint(string GuestPath, string? HostPath, bool ReadOnly)
{
    /// <summary>Reads <c>HOST:GUEST</c>, <c>HOST:GUEST:ro</c> or <c>HOST:GUEST:rw</c>; HOST may hold colons.</summary>
    internal static MountPoint Parse(string text)
    {
        bool readOnly = text.EndsWith(":ro", StringComparison.Ordinal);
        string paths = readOnly || text.EndsWith(":rw", StringComparison.Ordinal) ? text[..^3] : text;
        int colon = paths.LastIndexOf(':');
        if (colon <= 0 || colon == paths.Length - 1 || !paths[(colon + 1)..].StartsWith('/'))
        {
            throw new HostMistakeException($"--mount '{text}' is not HOST:GUEST[:ro]; write a directory and an absolute path for the program, such as ./data:/data:ro");
        }

        string host = paths[..colon];
        if (!Directory.Exists(host))
        {
            throw new HostMistakeException(File.Exists(host)
                ? $"--mount source '{host}' is a file; mount the directory that holds it"
                : $"--mount source '{host}' does not exist; make the directory first, or name another");
        }

        return new MountPoint(GuestPaths.Normalize("--mount", paths[(colon + 1)..]), host, readOnly);
    }

    /// <summary>Reads the path of a directory in memory.</summary>
    internal static MountPoint ParseTemporary(string text) => new(GuestPaths.Normalize("--tmpfs", text), null, ReadOnly: false);

    /// <summary>Whether a path lies in it.</summary>
    internal bool Holds(string path) => GuestPath == "/" || path == GuestPath || path.StartsWith(GuestPath + "/", StringComparison.Ordinal);
}

/// <summary>Paths as the program sees them.</summary>
internal static class GuestPaths
{
    /// <summary>Takes an absolute path apart and puts it together in its one shortest way.</summary>
    internal static string Normalize(string option, string path)
    {
        string[] names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!path.StartsWith('/') || names.Contains("..") || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new HostMistakeException($"{option} '{path}' is no absolute path without '..'; write one such as /data");
        }

        return "/" + string.Join('/', names.Where(name => name != "."));
    }
}
