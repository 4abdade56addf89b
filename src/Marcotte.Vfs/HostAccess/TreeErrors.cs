using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

#pragma warning disable CA2208 // The names of parameters are those that .NET's exceptions have.

/// <summary>What the failures of a box are called in <c>System.IO</c>: the exceptions that .NET throws on Linux, their messages included.</summary>
internal static class TreeErrors
{
    /// <summary>The exception for a failure.</summary>
    /// <param name="errno">The failure.</param>
    /// <param name="path">The path it is about; null when that is not known.</param>
    /// <param name="isDirectory">Whether what is missing is a directory rather than a file.</param>
    internal static Exception Of(Errno errno, string? path = null, bool isDirectory = false) => errno switch
    {
        Errno.NoEnt when !isDirectory => path is null
            ? new FileNotFoundException("Unable to find the specified file.")
            : FileMissing(path),
        Errno.NoEnt or Errno.NotDir => path is null
            ? new DirectoryNotFoundException("Could not find a part of the path.")
            : DirectoryMissing(path),
        Errno.Access or Errno.BadF or Errno.Perm => new UnauthorizedAccessException(
            path is null ? "Access to the path is denied." : $"Access to the path '{path}' is denied.", Plain(errno, null)),
        Errno.NameTooLong => new PathTooLongException(path is null
            ? "The specified file name or path is too long, or a component of the specified path is too long."
            : $"The path '{path}' is too long, or a component of the specified path is too long."),
        Errno.Canceled => new OperationCanceledException(),
        Errno.FBig => new ArgumentOutOfRangeException(
            "value", "Specified file length was too large for the file system."),
        Errno.Exist when path is not null => new IOException($"The file '{path}' already exists.", (int)errno),
        _ => Plain(errno, path),
    };

    /// <summary>Throws for a failure.</summary>
    internal static void Check(Errno errno, string? path = null, bool isDirectory = false)
    {
        if (errno != Errno.Success)
        {
            throw Of(errno, path, isDirectory);
        }
    }

    internal static FileNotFoundException FileMissing(string path) => new($"Could not find file '{path}'.", path);

    internal static DirectoryNotFoundException DirectoryMissing(string path) => new($"Could not find a part of the path '{path}'.");

    /// <summary>Another opening of the file excludes this one.</summary>
    internal static IOException Shared(string path) =>
        new($"The process cannot access the file '{path}' because it is being used by another process.", (int)Errno.Again);

    /// <summary>An <see cref="IOException"/> with what C calls the failure, and its number.</summary>
    internal static IOException Plain(Errno errno, string? path) =>
        new(path is null ? ErrnoTexts.Of(errno) : $"{ErrnoTexts.Of(errno)} : '{path}'", (int)errno);
}
