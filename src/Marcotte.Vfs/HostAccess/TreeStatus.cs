using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

#pragma warning disable CA2208 // The names of parameters are those that .NET's exceptions have.

/// <summary>What <c>File</c>, <c>Directory</c> and their infos ask and change about a name.</summary>
internal static class TreeStatus
{
    private const FileAttributes KnownAttributes = FileAttributes.Archive | FileAttributes.Compressed | FileAttributes.Device
        | FileAttributes.Directory | FileAttributes.Encrypted | FileAttributes.Hidden | FileAttributes.IntegrityStream
        | FileAttributes.Normal | FileAttributes.NoScrubData | FileAttributes.NotContentIndexed | FileAttributes.Offline
        | FileAttributes.ReadOnly | FileAttributes.ReparsePoint | FileAttributes.SparseFile | FileAttributes.System
        | FileAttributes.Temporary;

    private const UnixFileMode KnownModes = (UnixFileMode)0xFFF;

    /// <summary>What is known of a name; not being there is no failure.</summary>
    internal static EntryStatus Look(Tree tree, string path)
    {
        EntryStatus status = EntryStatus.Of(tree, path);
        return status.Errno is Errno.Success or Errno.NoEnt ? status : throw TreeErrors.Of(status.Errno, path);
    }

    internal static Exception Missing(Tree tree, string path) => TreeErrors.Of(Errno.NoEnt, path, !tree.HasParent(path));

    internal static FileAttributes GetAttributes(Tree tree, string path)
    {
        EntryStatus status = Look(tree, path);
        return status.Exists ? status.Attributes(UnixPath.FileName(UnixPath.TrimEnd(path.AsSpan())), tree.Credentials) : throw Missing(tree, path);
    }

    internal static void SetAttributes(Tree tree, string path, FileAttributes attributes)
    {
        if ((attributes & ~KnownAttributes) != 0)
        {
            throw new ArgumentException("Invalid File or Directory attributes value.", "Attributes");
        }

        EntryStatus status = Look(tree, path);
        if (!status.Exists)
        {
            throw Missing(tree, path);
        }

        ushort mode = status.ModeFor((attributes & FileAttributes.ReadOnly) != 0);
        if (mode != status.Target.Mode)
        {
            TreeErrors.Check(tree.SetMode(path, (UnixFileMode)mode), path, status.IsDirectory);
        }
    }

    internal static UnixFileMode GetMode(Tree tree, string path)
    {
        EntryStatus status = Look(tree, path);
        FileStat stat = status.Stat;
        bool isKnown = status.Exists && (!status.IsLink || tree.Stat(path, follow: true, out stat) == Errno.Success);
        return isKnown ? (UnixFileMode)stat.Mode & KnownModes : throw Missing(tree, path);
    }

    internal static void SetMode(Tree tree, string path, UnixFileMode mode)
    {
        CheckMode(mode, "UnixFileMode");
        Errno errno = tree.SetMode(path, mode);
        if (errno == Errno.NoEnt)
        {
            throw Missing(tree, path);
        }

        TreeErrors.Check(errno, path);
    }

    internal static void CheckMode(UnixFileMode mode, string parameter)
    {
        if ((mode & ~KnownModes) != 0)
        {
            throw new ArgumentException("Invalid UnixFileMode value.", parameter);
        }
    }

    internal static void SetAccessTime(Tree tree, string path, DateTime utc) =>
        SetTimes(tree, path, new TimeUpdate(EntryStatus.FromTime(utc), TimeUpdate.Omit));

    internal static void SetWriteTime(Tree tree, string path, DateTime utc) =>
        SetTimes(tree, path, new TimeUpdate(TimeUpdate.Omit, EntryStatus.FromTime(utc)));

    /// <summary>A host's time in UTC; one that says neither is taken for local, or for UTC where the caller says so.</summary>
    internal static DateTime ToUtc(DateTime time, bool unspecifiedIsUtc) =>
        unspecifiedIsUtc && time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime();

    private static void SetTimes(Tree tree, string path, in TimeUpdate times)
    {
        EntryStatus status = Look(tree, path);
        if (!status.Exists)
        {
            throw Missing(tree, path);
        }

        TreeErrors.Check(tree.SetTimes(path, times, follow: false), path, status.IsDirectory);
    }
}
