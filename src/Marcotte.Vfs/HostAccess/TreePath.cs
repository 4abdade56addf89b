using System.IO.Abstractions;
using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Paths by Unix's rules.</summary>
internal sealed partial class TreePath(TreeFileSystem files) : IPath
{
    private const string TempDirectory = "/tmp/";
    private const int RandomLetters = 11;
    private const int MostTries = 100;

    public IFileSystem FileSystem => files;

    public char AltDirectorySeparatorChar => UnixPath.Slash;

    public char DirectorySeparatorChar => UnixPath.Slash;

    public char PathSeparator => ':';

    public char VolumeSeparatorChar => UnixPath.Slash;

    public string? ChangeExtension(string? path, string? extension)
    {
        if (string.IsNullOrEmpty(path))
        {
            return path;
        }

        ReadOnlySpan<char> name = UnixPath.FileName(path);
        int dot = name.LastIndexOf('.');
        ReadOnlySpan<char> stem = dot < 0 ? path : path.AsSpan(0, path.Length - name.Length + dot);
        return extension is null ? stem.ToString() : extension.StartsWith('.') ? string.Concat(stem, extension) : string.Concat(stem, ".", extension);
    }

    public bool EndsInDirectorySeparator(ReadOnlySpan<char> path) => UnixPath.EndsInSlash(path);

    public bool EndsInDirectorySeparator(string path) => UnixPath.EndsInSlash(path);

    public bool Exists(string? path)
    {
        if (string.IsNullOrEmpty(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        string full = files.Tree.FullPath(path);
        return UnixPath.EndsInSlash(full) ? files.Tree.IsDirectory(full) : files.Tree.Stat(full, follow: false, out _) == Errno.Success;
    }

    public ReadOnlySpan<char> GetDirectoryName(ReadOnlySpan<char> path) => UnixPath.DirectoryName(path);

    public string? GetDirectoryName(string? path)
    {
        if (string.IsNullOrEmpty(path) || path == "/")
        {
            return null;
        }

        ReadOnlySpan<char> name = UnixPath.DirectoryName(path);
        return SingleSlashes(name);
    }

    public ReadOnlySpan<char> GetExtension(ReadOnlySpan<char> path) => UnixPath.Extension(path);

    public string? GetExtension(string? path) => path is null ? null : UnixPath.Extension(path).ToString();

    public ReadOnlySpan<char> GetFileName(ReadOnlySpan<char> path) => UnixPath.FileName(path);

    public string? GetFileName(string? path) => path is null ? null : UnixPath.FileName(path).ToString();

    public ReadOnlySpan<char> GetFileNameWithoutExtension(ReadOnlySpan<char> path) => UnixPath.NameWithoutExtension(path);

    public string? GetFileNameWithoutExtension(string? path) => path is null ? null : UnixPath.NameWithoutExtension(path).ToString();

    public string GetFullPath(string path) => files.Tree.FullPath(path);

    public string GetFullPath(string path, string basePath)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(basePath);
        if (!UnixPath.IsRooted(basePath))
        {
            throw new ArgumentException("Basepath argument is not fully qualified.", nameof(basePath));
        }

        if (basePath.Contains('\0', StringComparison.Ordinal) || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("Null character in path.");
        }

        return UnixPath.Collapse(UnixPath.Combine(basePath, path));
    }

    public char[] GetInvalidFileNameChars() => ['\0', UnixPath.Slash];

    public char[] GetInvalidPathChars() => ['\0'];

    public ReadOnlySpan<char> GetPathRoot(ReadOnlySpan<char> path) => UnixPath.IsRooted(path) ? path[..1] : default;

    public string? GetPathRoot(string? path) =>
        string.IsNullOrEmpty(path) ? null : UnixPath.IsRooted(path) ? "/" : string.Empty;

    /// <summary>Eight letters, a dot and three: of the box's entropy, or of the host's for a box that has none.</summary>
    public string GetRandomFileName() => RandomName() is { } name ? string.Concat(name.AsSpan(0, 8), ".", name.AsSpan(8)) : Path.GetRandomFileName();

    public string GetRelativePath(string relativeTo, string path)
    {
        ArgumentNullException.ThrowIfNull(relativeTo);
        ArgumentNullException.ThrowIfNull(path);
        CheckEffective(relativeTo, nameof(relativeTo));
        CheckEffective(path, nameof(path));
        return UnixPath.Relative(files.Tree.FullPath(relativeTo), files.Tree.FullPath(path));
    }

    public string GetTempFileName()
    {
        for (int tries = 1; ; tries++)
        {
            string path = $"{TempDirectory}tmp{TempName()}.tmp";
            try
            {
                StreamRequest request = new(FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read) { CreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
                StreamOpener.OpenFull(files.Tree, path, request).Dispose();
                return path;
            }
            catch (IOException exception) when (exception.HResult == (int)Errno.Exist && tries < MostTries)
            {
            }
        }
    }

    public string GetTempPath() => TempDirectory;

    public bool HasExtension(ReadOnlySpan<char> path) => !UnixPath.Extension(path).IsEmpty;

    public bool HasExtension(string? path) => !UnixPath.Extension(path).IsEmpty;

    public bool IsPathFullyQualified(ReadOnlySpan<char> path) => UnixPath.IsRooted(path);

    public bool IsPathFullyQualified(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return UnixPath.IsRooted(path);
    }

    public bool IsPathRooted(ReadOnlySpan<char> path) => UnixPath.IsRooted(path);

    public bool IsPathRooted(string? path) => UnixPath.IsRooted(path);

    public ReadOnlySpan<char> TrimEndingDirectorySeparator(ReadOnlySpan<char> path) => UnixPath.TrimEnd(path);

    public string TrimEndingDirectorySeparator(string path) => UnixPath.TrimEnd(path);

    /// <summary>Six letters that a temporary name is told apart by.</summary>
    internal string TempName() => (RandomName() ?? Path.GetRandomFileName())[..6];

    private string? RandomName()
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyz012345";
        Span<byte> random = stackalloc byte[RandomLetters];
        if (files.Tree.Kernel.Entropy.Fill(random) != Errno.Success)
        {
            return null;
        }

        Span<char> name = stackalloc char[RandomLetters];
        for (int i = 0; i < name.Length; i++)
        {
            name[i] = Letters[random[i] % Letters.Length];
        }

        return name.ToString();
    }

    private static void CheckEffective(string path, string parameter)
    {
        if (path.Length == 0)
        {
            throw new ArgumentException("The path is empty.", parameter);
        }
    }

    private static string SingleSlashes(ReadOnlySpan<char> path)
    {
        string text = path.ToString();
        while (text.Contains("//", StringComparison.Ordinal))
        {
            text = text.Replace("//", "/", StringComparison.Ordinal);
        }

        return text;
    }
}
