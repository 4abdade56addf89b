using Marcotte.Core;

namespace Marcotte.Vfs;

/// <content>Mode, owner, times and length of a file, by its path or open; and what may be done to it.</content>
public sealed partial class Namespace
{
    /// <inheritdoc/>
    public override Errno SetTimes(in PathReference path, in TimeUpdate times)
    {
        // Linux has nothing to do then, and does not so much as look for the file.
        if (times.IsEmpty)
        {
            return Errno.Success;
        }

        PathWalker walker = new(this, path.Process);
        try
        {
            Errno errno = BeginChange(ref walker, path, out FileStat stat);
            errno = errno == Errno.Success ? Permissions.CheckTimes(stat, path.Process.Credentials, times) : errno;
            return errno == Errno.Success ? Changed(walker, walker.Inode.SetTimes(times)) : errno;
        }
        finally
        {
            walker.Dispose();
        }
    }

    /// <inheritdoc/>
    public override Errno SetTimes(Process process, OpenFile file, in TimeUpdate times)
    {
        if (times.IsEmpty)
        {
            return Errno.Success;
        }

        Errno errno = BeginChange(process, file, out FileStat stat);
        errno = errno == Errno.Success ? Permissions.CheckTimes(stat, process.Credentials, times) : errno;
        return errno == Errno.Success ? Changed(file, file.Operations.SetTimes(file, times)) : errno;
    }

    /// <inheritdoc/>
    /// <remarks>The mode of a symbolic link itself cannot be changed (<see cref="Errno.NotSup"/>), as on Linux.</remarks>
    public override Errno SetMode(in PathReference path, ushort mode)
    {
        PathWalker walker = new(this, path.Process);
        try
        {
            Errno errno = BeginChange(ref walker, path, out FileStat stat);
            if (errno != Errno.Success)
            {
                return errno;
            }

            if (stat.Type == FileType.SymbolicLink)
            {
                return Errno.NotSup;
            }

            errno = Permissions.CheckMode(stat, path.Process.Credentials, ref mode);
            return errno == Errno.Success ? Changed(walker, walker.Inode.SetMode(mode)) : errno;
        }
        finally
        {
            walker.Dispose();
        }
    }

    /// <inheritdoc/>
    public override Errno SetMode(Process process, OpenFile file, ushort mode)
    {
        if (file.Access == AccessModes.None)
        {
            return Errno.BadF;
        }

        Errno errno = BeginChange(process, file, out FileStat stat);
        errno = errno == Errno.Success ? Permissions.CheckMode(stat, process.Credentials, ref mode) : errno;
        return errno == Errno.Success ? Changed(file, file.Operations.SetMode(file, mode)) : errno;
    }

    /// <inheritdoc/>
    public override Errno SetOwner(in PathReference path, OwnerUpdate owner)
    {
        PathWalker walker = new(this, path.Process);
        try
        {
            Errno errno = BeginChange(ref walker, path, out FileStat stat);
            errno = errno == Errno.Success ? Permissions.CheckOwner(stat, path.Process.Credentials, owner) : errno;
            return errno == Errno.Success && !owner.IsEmpty ? Changed(walker, walker.Inode.SetOwner(owner)) : errno;
        }
        finally
        {
            walker.Dispose();
        }
    }

    /// <inheritdoc/>
    public override Errno SetOwner(Process process, OpenFile file, OwnerUpdate owner)
    {
        if (file.Access == AccessModes.None)
        {
            return Errno.BadF;
        }

        Errno errno = BeginChange(process, file, out FileStat stat);
        errno = errno == Errno.Success ? Permissions.CheckOwner(stat, process.Credentials, owner) : errno;
        return errno == Errno.Success && !owner.IsEmpty ? Changed(file, file.Operations.SetOwner(file, owner)) : errno;
    }

    /// <inheritdoc/>
    public override Errno SetSize(in PathReference path, long size)
    {
        if (size < 0)
        {
            return Errno.Inval;
        }

        PathWalker walker = new(this, path.Process);
        try
        {
            Errno errno = BeginExisting(ref walker, path, path.Follow);
            errno = errno == Errno.Success ? CheckSizeable(walker, path.Process) : errno;
            if (errno != Errno.Success)
            {
                return errno;
            }

            errno = walker.Inode.Open(new InodeOpen(AccessModes.Write, StatusFlags.None), out OpenFile? file);
            if (errno == Errno.Success)
            {
                errno = file!.SetSize(size, path.Process.FileSizeLimit);
                file.Release();
            }

            return Changed(walker, errno, WatchEvents.Modify);
        }
        finally
        {
            walker.Dispose();
        }
    }

    /// <inheritdoc/>
    public override Errno Access(in PathReference path, AccessCheck check)
    {
        if ((check & ~(AccessCheck.Execute | AccessCheck.Write | AccessCheck.Read)) != 0)
        {
            return Errno.Inval;
        }

        PathWalker walker = new(this, path.Process);
        try
        {
            Errno errno = BeginExisting(ref walker, path, path.Follow);
            errno = errno == Errno.Success ? walker.Permit(VerbsOf(check)) : errno;
            return errno == Errno.Success && check != AccessCheck.Exists ? CheckAccess(walker, path.Process.Credentials, check) : errno;
        }
        finally
        {
            walker.Dispose();
        }
    }

    /// <inheritdoc/>
    public override Errno StatFileSystem(in PathReference path, out FileSystemStat stat)
    {
        stat = default;
        PathWalker walker = new(this, path.Process);
        try
        {
            Errno errno = BeginExisting(ref walker, path, path.Follow);
            errno = errno == Errno.Success ? walker.Permit(PathVerbs.Stat) : errno;
            return errno == Errno.Success ? walker.Mount.Describe(out stat) : errno;
        }
        finally
        {
            walker.Dispose();
        }
    }

    /// <inheritdoc/>
    public override Errno StatFileSystem(Process process, OpenFile file, out FileSystemStat stat) =>
        OpenedAt.MountOf(file) is { } mount ? mount.Describe(out stat) : file.Operations.StatFileSystem(file, out stat);

    private static PathVerbs VerbsOf(AccessCheck check) => check == AccessCheck.Exists
        ? PathVerbs.Stat
        : ((check & AccessCheck.Read) != 0 ? PathVerbs.Read : PathVerbs.None)
            | ((check & AccessCheck.Write) != 0 ? PathVerbs.Write : PathVerbs.None)
            | ((check & AccessCheck.Execute) != 0 ? PathVerbs.Execute : PathVerbs.None);

    private static Errno CheckAccess(scoped in PathWalker walker, Credentials credentials, AccessCheck check)
    {
        bool executes = (check & AccessCheck.Execute) != 0 && walker.Inode.Type == FileType.Regular;
        if (executes && (walker.Mount.Flags & MountFlags.NoExecute) != 0)
        {
            return Errno.Access;
        }

        Errno errno = Permissions.Check(walker.Inode, credentials, (int)check);
        bool writes = (check & AccessCheck.Write) != 0 &&
            walker.Inode.Type is FileType.Regular or FileType.Directory or FileType.SymbolicLink;
        return errno == Errno.Success && writes && walker.Mount.IsReadOnly ? Errno.RoFs : errno;
    }

    private static Errno CheckSizeable(scoped in PathWalker walker, Process process)
    {
        if (walker.Inode.Type != FileType.Regular)
        {
            return walker.Inode.IsDirectory ? Errno.IsDir : walker.Inode.Type == FileType.SymbolicLink ? Errno.Loop : Errno.Inval;
        }

        Errno errno = walker.Permit(PathVerbs.Write);
        return errno != Errno.Success ? errno
            : walker.Mount.IsReadOnly ? Errno.RoFs
            : Permissions.Check(walker.Inode, process.Credentials, Permissions.Write);
    }

    /// <summary>Walks to a file whose attributes are to change, and describes it.</summary>
    private static Errno BeginChange(ref PathWalker walker, in PathReference path, out FileStat stat)
    {
        stat = default;
        Errno errno = BeginExisting(ref walker, path, path.Follow);
        errno = errno == Errno.Success ? walker.Permit(PathVerbs.Change) : errno;
        return errno != Errno.Success ? errno : walker.Mount.IsReadOnly ? Errno.RoFs : walker.Inode.Stat(out stat);
    }

    /// <summary>Asks the rule over an open file whose attributes are to change, and describes it.</summary>
    private static Errno BeginChange(Process process, OpenFile file, out FileStat stat)
    {
        stat = default;
        if (OpenedAt.MountOf(file) is { } mount)
        {
            Errno errno = mount.Guard?.Check(PathVerbs.Change, new PathReference(process, file, default, PathFlags.None)) ?? Errno.Success;
            if (errno != Errno.Success || mount.IsReadOnly)
            {
                return errno != Errno.Success ? errno : Errno.RoFs;
            }
        }

        return file.Operations.Stat(file, out stat);
    }
}
