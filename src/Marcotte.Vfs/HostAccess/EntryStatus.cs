using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>What is known of a name: of a link itself, and whether it leads to a directory.</summary>
/// <param name="Errno">Whether it was found.</param>
/// <param name="Stat">The name itself.</param>
/// <param name="Target">What a link leads to; the same where there is nothing.</param>
internal readonly record struct EntryStatus(Errno Errno, FileStat Stat, FileStat Target)
{
    private const ushort AllWrite = 0x92;
    private const ushort OwnerWrite = 0x80;
    private const ushort OwnerRead = 0x100;
    private const int NanosecondsPerTick = 100;
    private const int OwnerShift = 6;
    private const int GroupShift = 3;

    /// <summary>What .NET tells as the times of what is not there.</summary>
    private static readonly DateTime NoTime = new(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    internal bool Exists => Errno == Errno.Success;

    internal bool IsDirectory => Exists && Target.Type == FileType.Directory;

    internal bool IsLink => Stat.Type == FileType.SymbolicLink;

    internal DateTime AccessTimeUtc => Exists ? ToTime(Stat.AccessTime) : NoTime;

    internal DateTime WriteTimeUtc => Exists ? ToTime(Stat.ModifyTime) : NoTime;

    /// <summary>The oldest time there is: no file system here keeps the time of creation, as .NET has it for those of Linux.</summary>
    internal DateTime CreationTimeUtc => Exists ? ToTime(Math.Min(Stat.ModifyTime, Stat.ChangeTime)) : NoTime;

    /// <summary>Looks a full path up; a slash at its end does not count.</summary>
    internal static EntryStatus Of(Tree tree, string path)
    {
        path = UnixPath.TrimEnd(path);
        Errno errno = tree.Stat(path, follow: false, out FileStat stat);
        bool leads = errno == Errno.Success && stat.Type == FileType.SymbolicLink;
        FileStat target = leads && tree.Stat(path, follow: true, out FileStat found) == Errno.Success ? found : stat;
        return new EntryStatus(errno is Errno.NotDir ? Errno.NoEnt : errno, stat, target);
    }

    /// <summary>Its attributes, as .NET makes them up on Unix; -1 when it is not there.</summary>
    internal FileAttributes Attributes(ReadOnlySpan<char> name, Credentials credentials)
    {
        if (!Exists)
        {
            return (FileAttributes)(-1);
        }

        FileAttributes attributes = (IsReadOnly(credentials) ? FileAttributes.ReadOnly : 0)
            | (name.StartsWith('.') ? FileAttributes.Hidden : 0)
            | (IsLink ? FileAttributes.ReparsePoint : 0)
            | (IsDirectory ? FileAttributes.Directory : 0);
        return attributes == 0 ? FileAttributes.Normal : attributes;
    }

    /// <summary>The permission bits that the read-only attribute comes to.</summary>
    internal ushort ModeFor(bool readOnly) =>
        readOnly ? (ushort)(Target.Mode & ~AllWrite)
        : (Target.Mode & OwnerRead) != 0 ? (ushort)(Target.Mode | OwnerWrite)
        : Target.Mode;

    /// <summary>Whether who looks has the bit to read and not the one to write.</summary>
    private bool IsReadOnly(Credentials credentials)
    {
        int shift = Target.UserId == credentials.UserId ? OwnerShift : credentials.IsIn(Target.GroupId) ? GroupShift : 0;
        int bits = Target.Mode >> shift;
        return (bits & Permissions.Read) != 0 && (bits & Permissions.Write) == 0;
    }

    /// <summary>A moment of a box as one of .NET's, as far as those reach.</summary>
    internal static DateTime ToTime(long nanoseconds) =>
        DateTime.UnixEpoch.AddTicks((long)Math.Floor((decimal)nanoseconds / NanosecondsPerTick));

    /// <summary>A moment of .NET's as one of a box, which reach from 1677 to 2262.</summary>
    internal static long FromTime(DateTime utc)
    {
        Int128 nanoseconds = (Int128)(utc.Ticks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick;
        return nanoseconds > long.MaxValue ? long.MaxValue : nanoseconds < TimeUpdate.Now + 1 ? TimeUpdate.Now + 1 : (long)nanoseconds;
    }
}
