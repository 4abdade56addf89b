namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>Where a box's tree is not what .NET on Linux is, all of them and why.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>There are no <c>SafeFileHandle</c>s, and nothing of System.IO can be wrapped: a box's file is none of the operating system's.</item>
/// <item><c>IFileSystemInfo.UnixFileMode</c> tells the bits, as .NET does; System.IO.Abstractions' wrapper forgets to and tells none.</item>
/// <item>Streams keep nothing back, so that others see a write before it is flushed.</item>
/// <item><c>FileShare</c> is not seen by the host's other processes or by guests: .NET uses flock, which they could see.</item>
/// <item>File versions are empty: .NET reads them out of .NET assemblies.</item>
/// <item>Watchers throw: a tree does not tell of changes yet.</item>
/// <item>Those of <see cref="Has"/>.</item>
/// </list>
/// </remarks>
internal static class KnownDifferences
{
    internal static bool Has(string operation, string source, string target) =>
        IsFileOverItsDirectory(operation, source, target) || AreBothWrong(operation, source, target);

    /// <summary>A file renamed over a directory that it is in: Linux says ENOTEMPTY, POSIX and this namespace EISDIR.</summary>
    private static bool IsFileOverItsDirectory(string operation, string source, string target) =>
        operation == "File.Move over" && source is "d/inner" or "ld/inner" && target is "d" or "d/.";

    /// <summary>Of two paths that are both wrong, one of them too long: Linux complains of the other, this namespace of the length.</summary>
    private static bool AreBothWrong(string operation, string source, string target) =>
        operation.Contains("Move", StringComparison.Ordinal)
        && (source.Contains(":long", StringComparison.Ordinal) || target.Contains(":long", StringComparison.Ordinal));
}
