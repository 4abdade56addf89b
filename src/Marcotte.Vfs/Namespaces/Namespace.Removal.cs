using Marcotte.Core;

namespace Marcotte.Vfs;

/// <content>Names that go or move.</content>
public sealed partial class Namespace
{
    /// <inheritdoc/>
    public override Errno Unlink(in PathReference path)
    {
        PathWalker walker = new(this, path.Process);
        try
        {
            Errno errno = BeginRemoval(ref walker, path, out LastComponent kind);
            if (errno != Errno.Success || kind != LastComponent.Name)
            {
                return errno == Errno.Success ? Errno.IsDir : errno;
            }

            errno = CheckRemoval(walker, path.Process, out Inode? victim);
            if (errno != Errno.Success)
            {
                return errno;
            }

            bool isDirectory = victim!.IsDirectory;
            victim.Release();
            if (isDirectory)
            {
                return Errno.IsDir;
            }

            return walker.HasSlash ? Errno.NotDir : walker.Inode.Unlink(walker.Last);
        }
        finally
        {
            walker.Dispose();
        }
    }

    /// <inheritdoc/>
    public override Errno RemoveDirectory(in PathReference path)
    {
        PathWalker walker = new(this, path.Process);
        try
        {
            Errno errno = BeginRemoval(ref walker, path, out LastComponent kind);
            if (errno != Errno.Success || kind != LastComponent.Name)
            {
                return errno != Errno.Success ? errno : kind switch
                {
                    LastComponent.Dot => Errno.Inval,
                    LastComponent.DotDot => Errno.NotEmpty,
                    _ => Errno.Busy,
                };
            }

            errno = CheckRemoval(walker, path.Process, out Inode? victim);
            if (errno != Errno.Success)
            {
                return errno;
            }

            bool isBusy = walker.IsMountPoint || walker.Mount.HasMountsIn(victim!);
            bool isDirectory = victim!.IsDirectory;
            victim.Release();
            return !isDirectory ? Errno.NotDir : isBusy ? Errno.Busy : walker.Inode.RemoveDirectory(walker.Last);
        }
        finally
        {
            walker.Dispose();
        }
    }

    /// <inheritdoc/>
    public override Errno Rename(in PathReference source, in PathReference target, RenameMode mode = RenameMode.Replace)
    {
        PathWalker from = new(this, source.Process);
        PathWalker to = new(this, target.Process);
        try
        {
            Errno errno = from.Begin(source);
            errno = errno == Errno.Success ? to.Begin(target) : errno;
            return errno == Errno.Success ? Rename(ref from, ref to, source.Process, mode) : errno;
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }

    private static Errno Rename(ref PathWalker from, ref PathWalker to, Process process, RenameMode mode)
    {
        Errno errno = from.ResolveParent(out LastComponent fromKind);
        LastComponent toKind = LastComponent.Name;
        errno = errno == Errno.Success ? to.ResolveParent(out toKind) : errno;
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (from.Mount != to.Mount)
        {
            return Errno.XDev;
        }

        if (fromKind != LastComponent.Name || toKind != LastComponent.Name)
        {
            return Errno.Busy;
        }

        if (from.Mount.IsReadOnly)
        {
            return Errno.RoFs;
        }

        errno = CheckRemoval(from, process, out Inode? moved);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = CheckTarget(from, to, moved!, process);
        moved!.Release();
        return errno == Errno.Success ? from.Inode.Rename(from.Last, to.Inode, to.Last, mode) : errno;
    }

    /// <summary>What a rename is refused for before the file system is asked.</summary>
    private static Errno CheckTarget(scoped in PathWalker from, scoped in PathWalker to, Inode moved, Process process)
    {
        Errno errno = to.LookupLast(out _, out Inode? replaced);
        if (errno is not (Errno.Success or Errno.NoEnt))
        {
            return errno;
        }

        bool isBusy = from.IsMountPoint || to.IsMountPoint || (replaced is not null && to.Mount.HasMountsIn(replaced));
        errno = replaced is null ? Errno.Success : Permissions.CheckSticky(to.Inode, replaced, process.Credentials);
        replaced?.Release();
        if (!moved.IsDirectory && (from.HasSlash || to.HasSlash))
        {
            return Errno.NotDir;
        }

        if (isBusy)
        {
            return Errno.Busy;
        }

        return errno == Errno.Success ? Permissions.CheckChange(to.Inode, process.Credentials) : errno;
    }

    private static Errno BeginRemoval(ref PathWalker walker, in PathReference path, out LastComponent kind)
    {
        kind = LastComponent.Name;
        Errno errno = walker.Begin(path);
        errno = errno == Errno.Success ? walker.ResolveParent(out kind) : errno;
        return errno == Errno.Success && kind == LastComponent.Name && walker.Mount.IsReadOnly ? Errno.RoFs : errno;
    }

    /// <summary>Whether the process may take the last component's name away; finds what it names.</summary>
    private static Errno CheckRemoval(scoped in PathWalker walker, Process process, out Inode? victim)
    {
        Errno errno = walker.LookupLast(out _, out victim);
        if (errno != Errno.Success || Permissions.IsRoot(process.Credentials))
        {
            return errno;
        }

        errno = Permissions.CheckChange(walker.Inode, process.Credentials);
        errno = errno == Errno.Success ? Permissions.CheckSticky(walker.Inode, victim!, process.Credentials) : errno;
        if (errno != Errno.Success)
        {
            victim!.Release();
            victim = null;
        }

        return errno;
    }
}
