using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>Permission bits against credentials (POSIX file access permissions). User 0 is never asked.</summary>
internal static class Permissions
{
    public const int Execute = 1;
    public const int Write = 2;
    public const int Read = 4;

    private const ushort Sticky = 0x200;

    public static bool IsRoot(Credentials credentials) => credentials.UserId == 0;

    /// <summary>Whether an inode grants what is wanted.</summary>
    /// <returns><see cref="Errno.Access"/> when it does not.</returns>
    public static Errno Check(Inode inode, Credentials credentials, int wanted)
    {
        if (IsRoot(credentials))
        {
            return Errno.Success;
        }

        Errno errno = inode.Stat(out FileStat stat);
        if (errno != Errno.Success)
        {
            return errno;
        }

        int shift = stat.UserId == credentials.UserId ? 6 : credentials.IsIn(stat.GroupId) ? 3 : 0;
        return (stat.Mode >> shift & wanted) == wanted ? Errno.Success : Errno.Access;
    }

    /// <summary>Whether a name may be made, removed or replaced in a directory, but for the sticky bit.</summary>
    public static Errno CheckChange(Inode directory, Credentials credentials) => Check(directory, credentials, Write | Execute);

    /// <summary>Whether the sticky bit lets a name go: only for the owner of the file or of the directory.</summary>
    /// <returns><see cref="Errno.Perm"/> when it does not.</returns>
    public static Errno CheckSticky(Inode directory, Inode victim, Credentials credentials)
    {
        if (IsRoot(credentials) || directory.Stat(out FileStat stat) != Errno.Success || (stat.Mode & Sticky) == 0 ||
            stat.UserId == credentials.UserId)
        {
            return Errno.Success;
        }

        Errno errno = victim.Stat(out stat);
        return errno == Errno.Success && stat.UserId != credentials.UserId ? Errno.Perm : errno;
    }

    /// <summary>Whether times may be set: by the owner, and to the present also by who may write.</summary>
    public static Errno CheckTimes(Inode inode, Credentials credentials, in TimeUpdate times)
    {
        if (IsRoot(credentials) || times.IsEmpty)
        {
            return Errno.Success;
        }

        Errno errno = inode.Stat(out FileStat stat);
        if (errno != Errno.Success || stat.UserId == credentials.UserId)
        {
            return errno;
        }

        bool present = times.Access == TimeUpdate.Now && times.Modify == TimeUpdate.Now;
        return present ? Check(inode, credentials, Write) : Errno.Perm;
    }
}
