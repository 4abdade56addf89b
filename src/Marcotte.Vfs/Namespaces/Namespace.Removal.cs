using Marcotte.Core;

namespace Marcotte.Vfs;

/// <content>Names that go.</content>
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

            errno = walker.LookupLast(out _, out Inode? victim);
            if (errno != Errno.Success)
            {
                return errno;
            }

            bool isDirectory = victim!.IsDirectory;
            errno = walker.HasSlash
                ? isDirectory ? Errno.IsDir : Errno.NotDir
                : CheckRemoval(walker, victim, path.Process, PathVerbs.Remove);
            errno = errno != Errno.Success ? errno
                : isDirectory ? Errno.IsDir
                : Removed(walker, victim, walker.Inode.Unlink(walker.Last));
            victim.Release();
            return errno;
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

            errno = walker.LookupLast(out _, out Inode? victim);
            if (errno != Errno.Success)
            {
                return errno;
            }

            errno = CheckRemoval(walker, victim!, path.Process, PathVerbs.Remove);
            bool isBusy = walker.IsMountPoint || walker.Mount.HasMountsIn(victim!);
            errno = errno != Errno.Success ? errno
                : !victim!.IsDirectory ? Errno.NotDir
                : isBusy ? Errno.Busy
                : Removed(walker, victim, walker.Inode.RemoveDirectory(walker.Last));
            victim!.Release();
            return errno;
        }
        finally
        {
            walker.Dispose();
        }
    }

    private static Errno BeginRemoval(ref PathWalker walker, in PathReference path, out LastComponent kind)
    {
        kind = LastComponent.Name;
        Errno errno = walker.Begin(path);
        errno = errno == Errno.Success ? walker.ResolveParent(out kind) : errno;
        return errno == Errno.Success && kind == LastComponent.Name && walker.Mount.IsReadOnly ? Errno.RoFs : errno;
    }

    /// <summary>Whether the process may take the last component's name away from what it names.</summary>
    private static Errno CheckRemoval(scoped in PathWalker walker, Inode victim, Process process, PathVerbs verbs)
    {
        Errno errno = walker.PermitLast(verbs);
        return errno == Errno.Success ? Permissions.CheckRemoval(walker.Inode, victim, process.Credentials) : errno;
    }
}
