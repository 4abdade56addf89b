using Marcotte.Core;

namespace Marcotte.Vfs;

/// <content>Opening.</content>
public sealed partial class Namespace
{
    /// <summary>How often a creation may lose to another thread before it gives up: a file system may also contradict itself.</summary>
    private const int MostRaces = 32;

    /// <inheritdoc/>
    public override Errno Open(in PathReference path, in OpenRequest request, out OpenFile? file)
    {
        file = null;
        if ((request.Flags & (OpenFlags.Create | OpenFlags.Directory)) == (OpenFlags.Create | OpenFlags.Directory))
        {
            return Errno.Inval;
        }

        PathWalker walker = new(this, path.Process);
        try
        {
            Errno errno = walker.Begin(path);
            return errno == Errno.Success ? Open(ref walker, path, request, out file) : errno;
        }
        finally
        {
            walker.Dispose();
        }
    }

    private Errno Open(ref PathWalker walker, in PathReference path, in OpenRequest request, out OpenFile? file)
    {
        file = null;
        bool creates = (request.Flags & OpenFlags.Create) != 0;
        bool excludes = creates && (request.Flags & OpenFlags.Exclusive) != 0;
        int races = 0;
        Errno errno = walker.ResolveParent(out LastComponent kind);
        for (;;)
        {
            if (errno != Errno.Success)
            {
                return errno;
            }

            if (kind != LastComponent.Name)
            {
                return creates ? excludes ? Errno.Exist : Errno.IsDir : OpenInode(walker.Mount, walker.Inode, path.Process, request, out file);
            }

            if (creates && walker.HasSlash)
            {
                return Errno.IsDir;
            }

            errno = walker.LookupLast(out Mount mount, out Inode? inode);
            if (errno == Errno.Success)
            {
                if (excludes)
                {
                    inode!.Release();
                    return Errno.Exist;
                }

                if (inode!.Type == FileType.SymbolicLink && (path.Follow || walker.HasSlash))
                {
                    errno = walker.Follow(inode);
                    errno = errno == Errno.Success ? walker.ResolveParent(out kind) : errno;
                    continue;
                }

                errno = OpenFound(walker, mount, inode, path.Process, request, out file);
                inode.Release();
                if (errno != Errno.NoEnt || !creates)
                {
                    return errno;
                }
            }
            else if (errno != Errno.NoEnt || !creates)
            {
                return errno;
            }

            errno = Create(walker, path.Process, request, out file);
            if (errno != Errno.Exist || excludes || ++races == MostRaces)
            {
                return errno;
            }

            // Another thread made it meanwhile: look again.
            errno = Errno.Success;
        }
    }

    private Errno OpenFound(
        scoped in PathWalker walker, Mount mount, Inode inode, Process process, in OpenRequest request, out OpenFile? file)
    {
        file = null;
        bool wantsDirectory = walker.HasSlash || (request.Flags & OpenFlags.Directory) != 0;
        if (wantsDirectory && !inode.IsDirectory)
        {
            return Errno.NotDir;
        }

        return inode.Type == FileType.SymbolicLink ? Errno.Loop : OpenInode(mount, inode, process, request, out file);
    }

    private Errno OpenInode(Mount mount, Inode inode, Process process, in OpenRequest request, out OpenFile? file)
    {
        file = null;
        bool truncates = (request.Flags & OpenFlags.Truncate) != 0;
        bool writes = truncates || (request.Access & AccessModes.Write) != 0;
        if (inode.IsDirectory && (writes || (request.Flags & OpenFlags.Create) != 0))
        {
            return Errno.IsDir;
        }

        // What is read-only is the mount, not the device or the other end that a file of it stands for.
        bool guards = mount.IsReadOnly && inode.Type == FileType.Regular;
        if (writes && guards)
        {
            return Errno.RoFs;
        }

        int wanted = ((request.Access & AccessModes.Read) != 0 ? Permissions.Read : 0) | (writes ? Permissions.Write : 0);
        Errno errno = wanted == 0 ? Errno.Success : Permissions.Check(inode, process.Credentials, wanted);
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (inode.IsDirectory)
        {
            Location location = new(mount, inode.Acquire());
            file = new OpenFile(new OpenDirectory(this, process, location), request.Access, request.Status);
            return Errno.Success;
        }

        bool cuts = truncates && inode.Type == FileType.Regular;
        errno = inode.Open(new InodeOpen(request.Access, request.Status, cuts, guards), out file);
        if (guards && file is not null)
        {
            file = new OpenFile(new ReadOnlyFile(file), request.Access, request.Status);
        }

        return errno;
    }

    private static Errno Create(scoped in PathWalker walker, Process process, in OpenRequest request, out OpenFile? file)
    {
        file = null;
        if (walker.Mount.IsReadOnly)
        {
            return Errno.RoFs;
        }

        Errno errno = Permissions.CheckChange(walker.Inode, process.Credentials);
        return errno == Errno.Success
            ? walker.Inode.Create(walker.Last, CreationBy(process, request.Mode), new InodeOpen(request.Access, request.Status), out file)
            : errno;
    }

    private static Creation CreationBy(Process process, ushort mode)
    {
        Credentials credentials = process.Credentials;
        return new Creation((ushort)(mode & 0xFFF & ~process.Umask), credentials.UserId, credentials.GroupId);
    }
}
