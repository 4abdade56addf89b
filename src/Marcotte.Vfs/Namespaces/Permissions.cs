using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>Permission bits against credentials (POSIX file access permissions; credentials(7), path_resolution(7)). User 0 passes but for execution.</summary>
internal static class Permissions
{
    public const int Execute = 1;
    public const int Write = 2;
    public const int Read = 4;

    public const ushort SetUserId = 0x800;
    public const ushort SetGroupId = 0x400;
    public const ushort Sticky = 0x200;

    private const int AnyExecute = 0x49;
    private const int GroupExecute = 0x8;

    public static bool IsRoot(Credentials credentials) => credentials.UserId == 0;

    /// <summary>Whether an inode grants what is wanted.</summary>
    /// <returns><see cref="Errno.Access"/> when it does not.</returns>
    public static Errno Check(Inode inode, Credentials credentials, int wanted)
    {
        if (IsRoot(credentials) && (inode.IsDirectory || (wanted & Execute) == 0))
        {
            return Errno.Success;
        }

        Errno errno = inode.Stat(out FileStat stat);
        return errno == Errno.Success ? Check(stat, credentials, wanted) : errno;
    }

    /// <summary>Whether a file of that description grants what is wanted. User 0 executes what anyone may.</summary>
    /// <returns><see cref="Errno.Access"/> when it does not.</returns>
    public static Errno Check(in FileStat stat, Credentials credentials, int wanted)
    {
        bool grants;
        if (IsRoot(credentials))
        {
            grants = stat.Type == FileType.Directory || (wanted & Execute) == 0 || (stat.Mode & AnyExecute) != 0;
        }
        else
        {
            int shift = stat.UserId == credentials.UserId ? 6 : credentials.IsIn(stat.GroupId) ? 3 : 0;
            grants = (stat.Mode >> shift & wanted) == wanted;
        }

        return grants ? Errno.Success : Errno.Access;
    }

    /// <summary>Whether a name may be made, removed or replaced in a directory, but for the sticky bit.</summary>
    public static Errno CheckChange(Inode directory, Credentials credentials) => Check(directory, credentials, Write | Execute);

    /// <summary>Whether a name may go: the directory can be changed, and the sticky bit lets only the owner of the file or of the directory.</summary>
    /// <returns><see cref="Errno.Access"/> for the one, <see cref="Errno.Perm"/> for the other.</returns>
    public static Errno CheckRemoval(Inode directory, Inode victim, Credentials credentials)
    {
        if (IsRoot(credentials))
        {
            return Errno.Success;
        }

        Errno errno = directory.Stat(out FileStat stat);
        errno = errno == Errno.Success ? Check(stat, credentials, Write | Execute) : errno;
        if (errno != Errno.Success || (stat.Mode & Sticky) == 0 || stat.UserId == credentials.UserId)
        {
            return errno;
        }

        errno = victim.Stat(out stat);
        return errno == Errno.Success && stat.UserId != credentials.UserId ? Errno.Perm : errno;
    }

    /// <summary>
    /// Whether a file may get another name: by its owner, or by who can read and write it when it is a plain file. So nobody keeps
    /// another's file alive, or a set-user-id program that its owner replaces (proc_sys_fs(5), protected_hardlinks).
    /// </summary>
    public static Errno CheckLink(Inode inode, Credentials credentials)
    {
        if (IsRoot(credentials))
        {
            return Errno.Success;
        }

        Errno errno = inode.Stat(out FileStat stat);
        if (errno != Errno.Success || stat.UserId == credentials.UserId)
        {
            return errno;
        }

        bool isPlain = stat.Type == FileType.Regular && (stat.Mode & SetUserId) == 0 &&
            (stat.Mode & (SetGroupId | GroupExecute)) != (SetGroupId | GroupExecute);
        return isPlain && Check(stat, credentials, Read | Write) == Errno.Success ? Errno.Success : Errno.Perm;
    }

    /// <summary>Whether times may be set: by the owner, and to the present also by who may write.</summary>
    public static Errno CheckTimes(in FileStat stat, Credentials credentials, in TimeUpdate times)
    {
        if (IsRoot(credentials) || stat.UserId == credentials.UserId)
        {
            return Errno.Success;
        }

        bool present = times.Access == TimeUpdate.Now && times.Modify == TimeUpdate.Now;
        return present ? Check(stat, credentials, Write) : Errno.Perm;
    }

    /// <summary>Whether the mode may be changed, by the owner alone; who is not in the file's group cannot give out its identity.</summary>
    public static Errno CheckMode(in FileStat stat, Credentials credentials, ref ushort mode)
    {
        mode &= 0xFFF;
        if (IsRoot(credentials))
        {
            return Errno.Success;
        }

        if (!credentials.IsIn(stat.GroupId))
        {
            mode &= unchecked((ushort)~SetGroupId);
        }

        return stat.UserId == credentials.UserId ? Errno.Success : Errno.Perm;
    }

    /// <summary>Whether owner and group may be changed: a user's own file alone, and to a group that the user is in (_POSIX_CHOWN_RESTRICTED).</summary>
    public static Errno CheckOwner(in FileStat stat, Credentials credentials, OwnerUpdate owner)
    {
        if (IsRoot(credentials))
        {
            return Errno.Success;
        }

        bool mayUser = owner.UserId == OwnerUpdate.Keep || (stat.UserId == credentials.UserId && owner.UserId == stat.UserId);
        bool mayGroup = owner.GroupId == OwnerUpdate.Keep ||
            (stat.UserId == credentials.UserId && (owner.GroupId == stat.GroupId || credentials.IsIn(owner.GroupId)));
        return mayUser && mayGroup ? Errno.Success : Errno.Perm;
    }

    /// <summary>The mode that a new file gets in a directory: as with chmod, nobody gives out the identity of a group that is not theirs.</summary>
    public static ushort ModeIn(Inode directory, Credentials credentials, ushort mode)
    {
        bool gives = (mode & (SetGroupId | GroupExecute)) == (SetGroupId | GroupExecute);
        return gives && !IsRoot(credentials) && directory.Stat(out FileStat stat) == Errno.Success &&
            (stat.Mode & SetGroupId) != 0 && !credentials.IsIn(stat.GroupId)
            ? (ushort)(mode & ~SetGroupId)
            : mode;
    }
}
