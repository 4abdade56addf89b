using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>A directory that is open: where paths may start, and its listing.</summary>
/// <remarks>
/// Cookies 1 and 2 follow <c>.</c> and <c>..</c>; then come the file system's own, two higher; then, with the top bit set,
/// the mounts attached here, which also stand in for entries of the same names.
/// </remarks>
internal sealed class OpenDirectory(Namespace files, Process process, Location location) : FileOperations
{
    private const ulong AfterDot = 1;
    private const ulong AfterDotDot = 2;
    private const ulong FirstMount = 1UL << 63;

    private static readonly ReadOnlyMemory<byte> Dot = "."u8.ToArray();
    private static readonly ReadOnlyMemory<byte> DotDot = ".."u8.ToArray();

    private readonly Lock _lock = new();
    private DirectoryListing? _listing;
    private bool _isReleased;

    /// <summary>The directory, without a reference of its own.</summary>
    public Location Location => location;

    /// <summary>The directory, with a reference for the caller.</summary>
    /// <returns><see cref="Errno.BadF"/> when it was closed meanwhile, in another thread.</returns>
    public Errno Enter(out Location entered)
    {
        entered = location;
        return location.Inode.TryAcquire() ? Errno.Success : Errno.BadF;
    }

    public override FileType Type => FileType.Directory;

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count)
    {
        count = 0;
        return Errno.IsDir;
    }

    public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count) => Read(file, buffer, out count);

    public override Errno Stat(OpenFile file, out FileStat stat)
    {
        stat = default;
        return location.Inode.TryAcquire() ? Finish(location.Inode.Stat(out stat)) : Errno.BadF;
    }

    public override Errno SetTimes(OpenFile file, in TimeUpdate times)
    {
        Errno errno = BeginChange();
        return errno == Errno.Success ? Finish(location.Inode.SetTimes(times)) : errno;
    }

    public override Errno SetMode(OpenFile file, ushort mode)
    {
        Errno errno = BeginChange();
        return errno == Errno.Success ? Finish(location.Inode.SetMode(mode)) : errno;
    }

    public override Errno SetOwner(OpenFile file, OwnerUpdate owner)
    {
        Errno errno = BeginChange();
        return errno == Errno.Success ? Finish(location.Inode.SetOwner(owner)) : errno;
    }

    public override Errno StatFileSystem(OpenFile file, out FileSystemStat stat) => location.Mount.Describe(out stat);

    public override Errno Sync(OpenFile file, bool dataOnly) => Errno.Success;

    public override Errno ReadEntry(OpenFile file, ulong cookie, out DirectoryEntry entry)
    {
        if ((file.Access & AccessModes.Read) == 0)
        {
            entry = default;
            return Errno.BadF;
        }

        if (cookie == 0)
        {
            entry = new DirectoryEntry(Dot, location.Inode.Number, FileType.Directory, AfterDot);
            return Errno.Success;
        }

        if (cookie == AfterDot)
        {
            entry = new DirectoryEntry(DotDot, ParentNumber(), FileType.Directory, AfterDotDot);
            return Errno.Success;
        }

        if (cookie < FirstMount)
        {
            Errno errno = ReadOwnEntry(cookie - AfterDotDot, out entry);
            if (errno != Errno.Success || !entry.IsEnd)
            {
                return errno;
            }

            cookie = FirstMount;
        }

        entry = ReadMount(cookie - FirstMount);
        return Errno.Success;
    }

    public override void Release(OpenFile file)
    {
        lock (_lock)
        {
            _isReleased = true;
            _listing?.Dispose();
            _listing = null;
        }

        location.Inode.Release();
    }

    /// <summary>Takes a reference for a change; <see cref="Finish"/> gives it back.</summary>
    private Errno BeginChange() =>
        location.Mount.IsReadOnly ? Errno.RoFs : location.Inode.TryAcquire() ? Errno.Success : Errno.BadF;

    private Errno Finish(Errno errno)
    {
        location.Inode.Release();
        return errno;
    }

    private ulong ParentNumber()
    {
        if (!location.Inode.TryAcquire())
        {
            return 0;
        }

        Errno errno = Location.Above(files.DirectoriesOf(process).Root, location, out Location above);
        location.Inode.Release();
        if (errno != Errno.Success)
        {
            return 0;
        }

        ulong number = above.Inode.Number;
        above.Inode.Release();
        return number;
    }

    private Errno ReadOwnEntry(ulong cookie, out DirectoryEntry entry)
    {
        entry = default;
        lock (_lock)
        {
            if (_isReleased)
            {
                return Errno.BadF;
            }

            Errno errno = _listing is null ? location.Inode.List(out _listing) : Errno.Success;
            while (errno == Errno.Success)
            {
                errno = _listing!.Read(cookie, out entry);
                if (errno != Errno.Success || entry.IsEnd || !IsCovered(entry.Name.Span))
                {
                    break;
                }

                cookie = entry.Next;
            }

            if (errno == Errno.Success && !entry.IsEnd)
            {
                entry = entry with { Next = entry.Next + AfterDotDot };
            }

            return errno;
        }
    }

    private bool IsCovered(ReadOnlySpan<byte> name) =>
        location.Mount.MayHaveMountsIn(location.Inode) && location.Mount.MountAt(location.Inode, name) is { IsPart: false };

    private DirectoryEntry ReadMount(ulong index)
    {
        ReadOnlySpan<Mount> mounts = location.Mount.Children;
        for (; index < (ulong)mounts.Length; index++)
        {
            Mount mount = mounts[(int)index];
            if (!mount.IsPart && mount.Directory!.Number == location.Inode.Number)
            {
                return new DirectoryEntry(mount.Name, mount.Root.Number, FileType.Directory, FirstMount + index + 1);
            }
        }

        return default;
    }
}
