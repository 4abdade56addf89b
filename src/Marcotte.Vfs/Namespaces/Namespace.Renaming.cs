using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs;

/// <content>Names that move. Refusals come in Linux's order (do_renameat2, vfs_rename), but for those that only the file system can tell.</content>
public sealed partial class Namespace
{
    /// <inheritdoc/>
    public override Errno Rename(in PathReference source, in PathReference target, RenameMode mode = RenameMode.Replace)
    {
        if (mode > RenameMode.Exchange)
        {
            return Errno.Inval;
        }

        PathWalker from = new(this, source.Process);
        PathWalker to = new(this, target.Process);
        try
        {
            // Whatever is wrong with the one path is told before the other is looked at.
            Errno errno = from.Begin(source);
            LastComponent fromKind = LastComponent.Name;
            LastComponent toKind = LastComponent.Name;
            errno = errno == Errno.Success ? from.ResolveParent(out fromKind) : errno;
            errno = errno == Errno.Success ? to.Begin(target) : errno;
            errno = errno == Errno.Success ? to.ResolveParent(out toKind) : errno;
            return errno == Errno.Success ? Rename(from, fromKind, to, toKind, source.Process, mode) : errno;
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }

    private Errno Rename(
        scoped in PathWalker from, LastComponent fromKind, scoped in PathWalker to, LastComponent toKind, Process process, RenameMode mode)
    {
        if (from.Mount != to.Mount)
        {
            return Errno.XDev;
        }

        if (fromKind != LastComponent.Name || toKind != LastComponent.Name)
        {
            return fromKind == LastComponent.Name && mode == RenameMode.NoReplace ? Errno.Exist : Errno.Busy;
        }

        if (from.Mount.IsReadOnly)
        {
            return Errno.RoFs;
        }

        Errno errno = from.LookupLast(out _, out Inode? moved);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = to.LookupLast(out _, out Inode? replaced);
        if (errno is Errno.Success or Errno.NoEnt)
        {
            errno = Check(from, moved!, to, replaced, mode);
            if (errno == Errno.Success && !IsSame(from, moved!, to, replaced))
            {
                errno = CheckPermitted(from, moved!, to, replaced, process, mode);
                errno = errno == Errno.Success
                    ? Moved(from, moved!, to, replaced, mode, from.Inode.Rename(from.Last, to.Inode, to.Last, mode))
                    : errno;
            }
        }

        replaced?.Release();
        moved!.Release();
        return errno;
    }

    /// <summary>Whether both are names of one file, which then keeps both. Not where they differ in case alone, which a file system may not tell apart.</summary>
    private static bool IsSame(scoped in PathWalker from, Inode moved, scoped in PathWalker to, Inode? replaced)
    {
        bool isRespelled = from.Inode.Number == to.Inode.Number && Ascii.EqualsIgnoreCase(from.Last, to.Last) && !from.Last.SequenceEqual(to.Last);
        return replaced?.Number == moved.Number && !isRespelled && !from.IsMountPoint && !to.IsMountPoint;
    }

    /// <summary>What a rename is refused for whoever asks.</summary>
    private static Errno Check(
        scoped in PathWalker from, Inode moved, scoped in PathWalker to, Inode? replaced, RenameMode mode)
    {
        switch (mode)
        {
            case RenameMode.NoReplace when replaced is not null:
                return Errno.Exist;
            case RenameMode.Exchange when replaced is null:
                return Errno.NoEnt;
            case RenameMode.Exchange when to.HasSlash && !replaced!.IsDirectory:
                return Errno.NotDir;
        }

        bool needsDirectory = from.HasSlash || (to.HasSlash && mode != RenameMode.Exchange);
        return needsDirectory && !moved.IsDirectory ? Errno.NotDir
            : from.Inode.Number == to.Inode.Number ? Errno.Success
            : CheckAncestry(from, moved, to, replaced, mode);
    }

    /// <summary>
    /// No directory goes into itself, or in place of one that it is in. A file system sees to that too, under its lock; here it is
    /// for the order, since Linux looks at it before it looks at permissions.
    /// </summary>
    private static Errno CheckAncestry(
        scoped in PathWalker from, Inode moved, scoped in PathWalker to, Inode? replaced, RenameMode mode)
    {
        if (moved.IsDirectory && MountNamespace.IsWithin(to.Inode, moved))
        {
            return Errno.Inval;
        }

        bool isAbove = replaced is { IsDirectory: true } && MountNamespace.IsWithin(from.Inode, replaced);
        return !isAbove ? Errno.Success : mode == RenameMode.Exchange ? Errno.Inval : Errno.NotEmpty;
    }

    private static Errno CheckPermitted(
        scoped in PathWalker from, Inode moved, scoped in PathWalker to, Inode? replaced, Process process, RenameMode mode)
    {
        PathVerbs verbs = mode == RenameMode.Exchange ? PathVerbs.Remove | PathVerbs.Create : PathVerbs.None;
        Credentials credentials = process.Credentials;
        Errno errno = CheckRemoval(from, moved, process, PathVerbs.Remove | verbs);
        errno = errno != Errno.Success ? errno : to.PermitLast(PathVerbs.Create | verbs);
        errno = errno != Errno.Success ? errno
            : replaced is null ? Permissions.CheckChange(to.Inode, credentials)
            : Permissions.CheckRemoval(to.Inode, replaced, credentials);
        if (errno == Errno.Success && replaced is not null && mode != RenameMode.Exchange && moved.IsDirectory != replaced.IsDirectory)
        {
            errno = moved.IsDirectory ? Errno.NotDir : Errno.IsDir;
        }

        // A directory that gets another one above it changes: its "..".
        if (errno == Errno.Success && from.Inode.Number != to.Inode.Number)
        {
            errno = moved.IsDirectory ? Permissions.Check(moved, credentials, Permissions.Write) : Errno.Success;
            errno = errno == Errno.Success && mode == RenameMode.Exchange && replaced!.IsDirectory
                ? Permissions.Check(replaced, credentials, Permissions.Write)
                : errno;
        }

        return errno == Errno.Success && IsBusy(from, moved, to, replaced) ? Errno.Busy : errno;
    }

    private static bool IsBusy(scoped in PathWalker from, Inode moved, scoped in PathWalker to, Inode? replaced) =>
        from.IsMountPoint || to.IsMountPoint || IsAboveRule(from.Mount, moved) ||
        (replaced is not null && (to.Mount.HasMountsIn(replaced) || IsAboveRule(to.Mount, replaced)));

    /// <summary>
    /// Whether a rule lies on a name beneath a directory. Then it stays, unlike one that has mere mounts in it: or another directory
    /// could be put in its place, where no rule lies.
    /// </summary>
    private static bool IsAboveRule(Mount mount, Inode directory)
    {
        foreach (Mount child in directory.IsDirectory ? mount.Children : [])
        {
            if (child.IsPart && child.Directory!.Renew(out Inode? present) == Errno.Success)
            {
                bool isWithin = MountNamespace.IsWithin(present!, directory);
                present!.Release();
                if (isWithin)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
