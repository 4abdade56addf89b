namespace Marcotte.Cli;

/// <summary>What a mount is made of.</summary>
internal enum MountKind
{
    /// <summary>A directory in memory, empty at first.</summary>
    Memory,

    /// <summary>A directory of the host.</summary>
    Directory,

    /// <summary>An archive of the host.</summary>
    Archive,
}

/// <summary>A directory that the program is granted.</summary>
/// <param name="Kind">What it is made of.</param>
/// <param name="GuestPath">Where the program sees it: absolute, without <c>.</c>, <c>..</c> and doubled or trailing slashes.</param>
/// <param name="HostPath">The host's directory or archive; empty for one in memory.</param>
/// <param name="Traits">How it is mounted.</param>
internal sealed record MountPoint(MountKind Kind, string GuestPath, string HostPath, MountTraits Traits)
{
    /// <summary>Reads <c>HOST:GUEST</c> or <c>HOST:GUEST:TRAIT,…</c>; HOST may hold colons.</summary>
    internal static MountPoint Parse(string text)
    {
        (string paths, MountTraits traits) = MountWords.Split(text);
        int colon = paths.LastIndexOf(':');
        if (colon <= 0 || colon == paths.Length - 1 || !paths[(colon + 1)..].StartsWith('/'))
        {
            throw new HostMistakeException($"--mount '{text}' is not HOST:GUEST[:ro]; write a directory or an archive and an absolute path for the program, such as ./data:/data:ro");
        }

        string host = paths[..colon];
        MountKind kind = File.Exists(host) ? MountKind.Archive : Directory.Exists(host) ? MountKind.Directory
            : throw new HostMistakeException($"--mount source '{host}' does not exist; make the directory first, or name another");
        if (kind == MountKind.Archive && traits.HasFlag(MountTraits.Writable))
        {
            throw new HostMistakeException($"--mount '{text}' wants to write to an archive; leave rw out, or write overlay for changes in memory");
        }

        return new MountPoint(kind, GuestPaths.Normalize("--mount", paths[(colon + 1)..]), host, traits);
    }

    /// <summary>Reads the path of a directory in memory.</summary>
    internal static MountPoint ParseTemporary(string text) => new(MountKind.Memory, GuestPaths.Normalize("--tmpfs", text), string.Empty, MountTraits.None);

    /// <summary>Whether changes go to memory, and may lie on further mounts at its path.</summary>
    internal bool IsOverlay => Traits.HasFlag(MountTraits.Overlay);

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
