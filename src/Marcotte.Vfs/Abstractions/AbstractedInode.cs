using System.IO.Abstractions;
using Marcotte.Core;

namespace Marcotte.Vfs.Abstractions;

/// <summary>A name in the tree, with the number that it was given when it was first seen.</summary>
internal abstract class AbstractedInode : Inode
{
    private protected const ushort DirectoryMode = 0x1ED;
    private protected const ushort FileMode = 0x1A4;
    private const ushort ReadOnlyMode = 0x124;
    private const int DirectoryBits = 0x7FF;
    private const int FileBits = 0x3FF;
    private const int BlockBytes = 512;
    private const long NanosecondsPerTick = 100;

    private protected AbstractedInode(AbstractedFileSystem owner, AbstractedDirectory? parent, string name, FileType type)
        : base(owner, type, owner.NextNumber())
    {
        Owner = owner;
        Parent = parent;
        Name = name;
    }

    /// <summary>The file system.</summary>
    internal AbstractedFileSystem Owner { get; }

    /// <summary>The directory it is in; null for the root. Changes under the gate.</summary>
    internal AbstractedDirectory? Parent { get; set; }

    /// <summary>Its name there. Changes under the gate.</summary>
    internal string Name { get; set; }

    /// <summary>Whether the name was removed, so that another file of the same name is not this one. Changes under the gate.</summary>
    internal bool IsRemoved { get; set; }

    public override Errno Stat(out FileStat stat)
    {
        stat = default;
        lock (Owner.Gate)
        {
            try
            {
                Errno errno = LocateLocked(out string path);
                return errno != Errno.Success ? errno : StatLocked(path, out stat);
            }
            catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno errno))
            {
                return errno;
            }
        }
    }

    public override Errno SetTimes(in TimeUpdate times)
    {
        if (Owner.IsReadOnly)
        {
            return Errno.RoFs;
        }

        lock (Owner.Gate)
        {
            try
            {
                Errno errno = LocateLocked(out string path);
                if (errno == Errno.Success)
                {
                    SetTimesLocked(path, times);
                }

                return errno;
            }
            catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno errno))
            {
                return errno;
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Windows knows no permission bits (EPERM, as on a file system of Linux that has none). A file gets no set-id bit, as the
    /// file might be the host's.
    /// </remarks>
    public override Errno SetMode(ushort mode)
    {
        if (Owner.IsReadOnly)
        {
            return Errno.RoFs;
        }

        if (Type is not (FileType.Regular or FileType.Directory) || OperatingSystem.IsWindows() || Owner.IsWindowsStyle)
        {
            return Errno.Perm;
        }

        lock (Owner.Gate)
        {
            try
            {
                Errno errno = LocateLocked(out string path);
                if (errno == Errno.Success)
                {
                    SetModeLocked(path, (UnixFileMode)(mode & (IsDirectory ? DirectoryBits : FileBits)));
                }

                return errno;
            }
            catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno errno))
            {
                // What a file is not let do is said by its owner's permission, not by its own bits.
                return errno == Errno.Access ? Errno.Perm : errno;
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>All files have one owner: to be given to that one changes nothing, and another is EPERM.</remarks>
    public override Errno SetOwner(OwnerUpdate owner) => Owner.IsReadOnly ? Errno.RoFs
        : OwnerUpdate.Apply(owner.UserId, Owner.Owner.UserId) == Owner.Owner.UserId &&
            OwnerUpdate.Apply(owner.GroupId, Owner.Owner.GroupId) == Owner.Owner.GroupId ? Errno.Success
        : Errno.Perm;

    /// <summary>Its path, if it is still there and of the same kind.</summary>
    internal Errno LocateLocked(out string path)
    {
        Errno errno = Owner.LocateLocked(this, out path);
        return errno != Errno.Success || Owner.KindLocked(path) == Type ? errno : Errno.NoEnt;
    }

    /// <summary>Describes what is at its path.</summary>
    private protected virtual Errno StatLocked(string path, out FileStat stat)
    {
        IFileSystem files = Owner.Files;
        IFileSystemInfo info = IsDirectory ? files.DirectoryInfo.New(path) : files.FileInfo.New(path);
        long size = info is IFileInfo file && Type == FileType.Regular ? file.Length : 0;
        stat = new FileStat
        {
            Device = Owner.Device,
            Inode = Number,
            Type = Type,
            Mode = ModeOf(path, info),
            Links = IsDirectory ? 2u : 1u,
            UserId = Owner.Owner.UserId,
            GroupId = Owner.Owner.GroupId,
            Size = size,
            Blocks = (size + BlockBytes - 1) / BlockBytes,
            AccessTime = ToNanoseconds(info.LastAccessTimeUtc),
            ModifyTime = ToNanoseconds(info.LastWriteTimeUtc),
        };

        // No IFileSystem tells when anything about a file last changed; its content's change is the closest.
        stat.ChangeTime = stat.ModifyTime;
        return Errno.Success;
    }

    private ushort ModeOf(string path, IFileSystemInfo info)
    {
        if (Type == FileType.SymbolicLink)
        {
            return 0x1FF;
        }

        if (!OperatingSystem.IsWindows() && !Owner.IsWindowsStyle)
        {
            return (ushort)((int)Owner.Files.File.GetUnixFileMode(path) & 0xFFF);
        }

        return IsDirectory ? DirectoryMode : (info.Attributes & FileAttributes.ReadOnly) != 0 ? ReadOnlyMode : FileMode;
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private void SetModeLocked(string path, UnixFileMode mode) => Owner.Files.File.SetUnixFileMode(path, mode);

    private void SetTimesLocked(string path, in TimeUpdate times)
    {
        IFileSystemInfo info = IsDirectory ? Owner.Files.DirectoryInfo.New(path) : Owner.Files.FileInfo.New(path);
        if (times.Access != TimeUpdate.Omit)
        {
            info.LastAccessTimeUtc = ToDateTime(TimeUpdate.Apply(times.Access, 0, Owner.Now));
        }

        if (times.Modify != TimeUpdate.Omit)
        {
            info.LastWriteTimeUtc = ToDateTime(TimeUpdate.Apply(times.Modify, 0, Owner.Now));
        }
    }

    // DateTime holds year 1 to 9999 in steps of 100 ns, a long of nanoseconds 1677 to 2262: nothing wraps this way round.
    private static DateTime ToDateTime(long nanoseconds) => DateTime.UnixEpoch.AddTicks(nanoseconds / NanosecondsPerTick);

    private static long ToNanoseconds(DateTime time)
    {
        long ticks = (time - DateTime.UnixEpoch).Ticks;
        return Math.Clamp(ticks, long.MinValue / NanosecondsPerTick + 1, long.MaxValue / NanosecondsPerTick) * NanosecondsPerTick;
    }
}
