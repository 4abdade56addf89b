using Marcotte.Core;

namespace Marcotte.Vfs;

/// <content>Calls on what a path names, and names that are made.</content>
public sealed partial class Namespace
{
    /// <summary>The bits that mkdir(2) takes: a directory's set-group-id bit is its parent's, or given by chmod.</summary>
    private const ushort DirectoryModes = 0x3FF;

    /// <inheritdoc/>
    public override Errno Stat(in PathReference path, out FileStat stat)
    {
        PathWalker walker = new(this, path.Process);
        try
        {
            Errno errno = BeginExisting(ref walker, path, path.Follow);
            errno = errno == Errno.Success ? walker.Permit(PathVerbs.Stat) : errno;
            if (errno == Errno.Success)
            {
                return walker.Inode.Stat(out stat);
            }

            stat = default;
            return errno;
        }
        finally
        {
            walker.Dispose();
        }
    }

    /// <inheritdoc/>
    public override Errno ReadLink(in PathReference path, Span<byte> buffer, out int count)
    {
        count = 0;
        PathWalker walker = new(this, path.Process);
        try
        {
            Errno errno = BeginExisting(ref walker, path, follow: false);
            errno = errno == Errno.Success ? walker.Permit(PathVerbs.Stat) : errno;
            return errno == Errno.Success ? walker.Inode.ReadLink(buffer, out count) : errno;
        }
        finally
        {
            walker.Dispose();
        }
    }

    /// <inheritdoc/>
    public override Errno MakeDirectory(in PathReference path, ushort mode)
    {
        PathWalker walker = new(this, path.Process);
        try
        {
            Errno errno = BeginNew(ref walker, path, isDirectory: true);
            errno = errno == Errno.Success ? CheckCreation(walker, path.Process) : errno;
            return errno == Errno.Success
                ? Created(walker, walker.Inode.MakeDirectory(walker.Last, CreationBy(path.Process, walker.Inode, (ushort)(mode & DirectoryModes))), isDirectory: true)
                : errno;
        }
        finally
        {
            walker.Dispose();
        }
    }

    /// <inheritdoc/>
    public override Errno MakeNode(in PathReference path, SpecialFile node, ushort mode)
    {
        PathWalker walker = new(this, path.Process);
        try
        {
            Errno errno = BeginNew(ref walker, path, isDirectory: false);
            errno = errno == Errno.Success ? CheckCreation(walker, path.Process) : errno;
            return errno == Errno.Success
                ? Created(walker, walker.Inode.MakeNode(walker.Last, node, CreationBy(path.Process, walker.Inode, mode)))
                : errno;
        }
        finally
        {
            walker.Dispose();
        }
    }

    /// <inheritdoc/>
    public override Errno SymbolicLink(ReadOnlySpan<byte> content, in PathReference path)
    {
        Errno errno = PathWalker.Check(content, path.Process.Kernel.Limits);
        if (errno != Errno.Success)
        {
            return errno;
        }

        PathWalker walker = new(this, path.Process);
        try
        {
            errno = BeginNew(ref walker, path, isDirectory: false);
            errno = errno == Errno.Success ? CheckCreation(walker, path.Process) : errno;
            Creation creation = CreationBy(path.Process, walker.Inode, 0x1FF) with { Mode = 0x1FF };
            return errno == Errno.Success ? Created(walker, walker.Inode.SymbolicLink(walker.Last, content, creation)) : errno;
        }
        finally
        {
            walker.Dispose();
        }
    }

    /// <inheritdoc/>
    public override Errno Link(in PathReference source, in PathReference target)
    {
        PathWalker from = new(this, source.Process);
        PathWalker to = new(this, target.Process);
        try
        {
            Errno errno = BeginExisting(ref from, source, source.Follow);
            errno = errno == Errno.Success ? BeginNew(ref to, target, isDirectory: false) : errno;
            if (errno != Errno.Success)
            {
                return errno;
            }

            if (from.Mount != to.MountOfLast)
            {
                return Errno.XDev;
            }

            errno = from.Permit(PathVerbs.Change);
            errno = errno == Errno.Success ? Permissions.CheckLink(from.Inode, source.Process.Credentials) : errno;
            errno = errno == Errno.Success ? CheckCreation(to, target.Process) : errno;
            errno = errno != Errno.Success ? errno : from.Inode.IsDirectory ? Errno.Perm : to.Inode.Link(to.Last, from.Inode);
            return Created(to, Changed(from, errno));
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }

    private static Errno BeginExisting(ref PathWalker walker, in PathReference path, bool follow)
    {
        Errno errno = walker.Begin(path);
        return errno == Errno.Success ? walker.Resolve(follow) : errno;
    }

    /// <summary>Walks to the directory of a name that is to be made, and sees that there is room for it.</summary>
    private static Errno BeginNew(ref PathWalker walker, in PathReference path, bool isDirectory)
    {
        Errno errno = walker.Begin(path);
        LastComponent kind = LastComponent.Name;
        errno = errno == Errno.Success ? walker.ResolveParent(out kind) : errno;
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (kind != LastComponent.Name)
        {
            return Errno.Exist;
        }

        // What exists already is told first, as Linux does, also where nothing could be made.
        errno = walker.LookupLast(out _, out Inode? present);
        if (errno != Errno.NoEnt)
        {
            present?.Release();
            return errno == Errno.Success ? Errno.Exist : errno;
        }

        if (walker.HasSlash && !isDirectory)
        {
            return Errno.NoEnt;
        }

        return walker.Mount.IsReadOnly ? Errno.RoFs : Errno.Success;
    }

    /// <summary>Whether the process may make the last component's name.</summary>
    private static Errno CheckCreation(scoped in PathWalker walker, Process process)
    {
        Errno errno = walker.PermitLast(PathVerbs.Create);
        return errno == Errno.Success ? Permissions.CheckChange(walker.Inode, process.Credentials) : errno;
    }
}
