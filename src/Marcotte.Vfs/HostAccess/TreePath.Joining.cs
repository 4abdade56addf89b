namespace Marcotte.Vfs.HostAccess;

/// <content>Paths put behind one another.</content>
internal sealed partial class TreePath
{
    public string Combine(string path1, string path2)
    {
        ArgumentNullException.ThrowIfNull(path1);
        ArgumentNullException.ThrowIfNull(path2);
        return UnixPath.Combine(path1, path2);
    }

    public string Combine(string path1, string path2, string path3)
    {
        ArgumentNullException.ThrowIfNull(path3);
        return UnixPath.Combine(Combine(path1, path2), path3);
    }

    public string Combine(string path1, string path2, string path3, string path4)
    {
        ArgumentNullException.ThrowIfNull(path4);
        return UnixPath.Combine(Combine(path1, path2, path3), path4);
    }

    public string Combine(params string[] paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return Combine(paths.AsSpan());
    }

    public string Combine(params ReadOnlySpan<string> paths)
    {
        string combined = string.Empty;
        foreach (string path in paths)
        {
            ArgumentNullException.ThrowIfNull(path, nameof(paths));
            combined = UnixPath.Combine(combined, path);
        }

        return combined;
    }

    public string Join(ReadOnlySpan<char> path1, ReadOnlySpan<char> path2) => UnixPath.Join(path1, path2);

    public string Join(ReadOnlySpan<char> path1, ReadOnlySpan<char> path2, ReadOnlySpan<char> path3) =>
        UnixPath.Join(UnixPath.Join(path1, path2), path3);

    public string Join(ReadOnlySpan<char> path1, ReadOnlySpan<char> path2, ReadOnlySpan<char> path3, ReadOnlySpan<char> path4) =>
        UnixPath.Join(Join(path1, path2, path3), path4);

    public string Join(string? path1, string? path2) => UnixPath.Join(path1, path2);

    public string Join(string? path1, string? path2, string? path3) => Join(path1.AsSpan(), path2, path3);

    public string Join(string? path1, string? path2, string? path3, string? path4) => Join(path1.AsSpan(), path2, path3, path4);

    public string Join(params string?[] paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return Join(paths.AsSpan());
    }

    public string Join(params ReadOnlySpan<string?> paths)
    {
        string joined = string.Empty;
        foreach (string? path in paths)
        {
            joined = UnixPath.Join(joined, path);
        }

        return joined;
    }

    public bool TryJoin(ReadOnlySpan<char> path1, ReadOnlySpan<char> path2, Span<char> destination, out int charsWritten) =>
        TryCopy(Join(path1, path2), destination, out charsWritten);

    public bool TryJoin(ReadOnlySpan<char> path1, ReadOnlySpan<char> path2, ReadOnlySpan<char> path3, Span<char> destination, out int charsWritten) =>
        TryCopy(Join(path1, path2, path3), destination, out charsWritten);

    private static bool TryCopy(string joined, Span<char> destination, out int charsWritten)
    {
        bool fits = joined.TryCopyTo(destination);
        charsWritten = fits ? joined.Length : 0;
        return fits;
    }
}
