using Marcotte.Core;
using Marcotte.Vfs.Nodes;

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
                // A link of /proc leads to a file without a name.
                return !creates || !walker.Inode.IsDirectory ? OpenFound(walker, walker.Mount, walker.Inode, path.Process, request, out file)
                    : excludes ? Errno.Exist
                    : Errno.IsDir;
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

        return inode.Type == FileType.SymbolicLink ? Errno.Loop : OpenInode(walker, mount, inode, process, request, out file);
    }

    private Errno OpenInode(
        scoped in PathWalker walker, Mount mount, Inode inode, Process process, in OpenRequest request, out OpenFile? file)
    {
        file = null;
        bool truncates = (request.Flags & OpenFlags.Truncate) != 0;
        bool executes = (request.Flags & OpenFlags.Execute) != 0;
        bool writes = truncates || (request.Access & AccessModes.Write) != 0;
        if (inode.IsDirectory && (writes || (request.Flags & OpenFlags.Create) != 0))
        {
            return Errno.IsDir;
        }

        // Running is for plain files, as execve(2) has it.
        if (executes && (inode.Type != FileType.Regular || (mount.Flags & MountFlags.NoExecute) != 0))
        {
            return Errno.Access;
        }

        // What is read-only is the mount, not the device or the other end that a file of it stands for.
        bool protects = mount.IsReadOnly && inode.Type == FileType.Regular;
        if (writes && protects)
        {
            return Errno.RoFs;
        }

        // Who runs a program need not be allowed to read it: what is read then is not for the process's eyes.
        bool reads = (request.Access & AccessModes.Read) != 0 && !executes;
        int wanted = (reads ? Permissions.Read : 0) | (writes ? Permissions.Write : 0) | (executes ? Permissions.Execute : 0);
        Errno errno = mount.Guard is { } guard ? guard.Check(VerbsOf(inode, wanted), walker.Asked) : Errno.Success;
        errno = errno == Errno.Success && wanted != 0 ? Permissions.Check(inode, process.Credentials, wanted) : errno;
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (inode.IsDirectory)
        {
            Location location = new(mount, inode.Acquire());
            file = new OpenFile(new OpenDirectory(this, process, location), request.Access, request.Status);
            Opened(walker, mount, file, isCut: false);
            return Errno.Success;
        }

        bool cuts = truncates && inode.Type == FileType.Regular;
        InodeOpen opening = new(request.Access, request.Status, cuts, protects);
        if (inode.Special is { } special)
        {
            errno = NodeOpening.Open(inode, special, process, opening, out file);
            protects = false;
        }
        else
        {
            errno = inode.Open(opening, out file);
        }

        if (file is null)
        {
            return errno;
        }

        // Where the file system itself is read-only, so is what it opens.
        if (protects && !inode.FileSystem.IsReadOnly)
        {
            file = new OpenFile(new ReadOnlyFile(file), request.Access, request.Status);
        }

        if (inode.Type != FileType.Unknown)
        {
            // One of unknown kind stands for a file that was opened elsewhere, and shares that opening (/dev/fd).
            Opened(walker, OriginOf(walker, mount, inode), file, cuts);
        }

        return errno;
    }

    /// <summary>What an open file is to remember of where it was opened.</summary>
    private FileOrigin OriginOf(scoped in PathWalker walker, Mount mount, Inode? inode) =>
        Mounts.KeepsNames && !walker.Last.IsEmpty ? OpenedAt.Of(mount, new Location(walker.Mount, walker.Inode), walker.Last, inode) : mount;

    private static PathVerbs VerbsOf(Inode inode, int wanted) => wanted == 0 ? PathVerbs.Stat
        : inode.IsDirectory ? PathVerbs.List
        : ((wanted & Permissions.Read) != 0 ? PathVerbs.Read : PathVerbs.None)
            | ((wanted & Permissions.Write) != 0 ? PathVerbs.Write : PathVerbs.None)
            | ((wanted & Permissions.Execute) != 0 ? PathVerbs.Execute : PathVerbs.None);

    private Errno Create(scoped in PathWalker walker, Process process, in OpenRequest request, out OpenFile? file)
    {
        file = null;
        if (walker.Mount.IsReadOnly)
        {
            return Errno.RoFs;
        }

        Mount mount = walker.MountOfLast;
        PathVerbs verbs = PathVerbs.Create |
            ((request.Access & AccessModes.Read) != 0 ? PathVerbs.Read : PathVerbs.None) |
            ((request.Access & AccessModes.Write) != 0 ? PathVerbs.Write : PathVerbs.None);
        Errno errno = walker.PermitLast(verbs);
        errno = errno == Errno.Success ? Permissions.CheckChange(walker.Inode, process.Credentials) : errno;
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = walker.Inode.Create(
            walker.Last, CreationBy(process, walker.Inode, request.Mode), new InodeOpen(request.Access, request.Status), out file);
        if (file is null)
        {
            return errno;
        }

        // What is new has nothing to be cut.
        Watches?.Created(walker.Inode, walker.Last, isDirectory: false);
        Inode? kept = Mounts.KeepsNames && walker.Inode.Lookup(walker.Last, out Inode? made) == Errno.Success ? Uncounted(made!) : null;
        Opened(walker, OriginOf(walker, mount, kept), file, isCut: false);
        return errno;
    }

    /// <summary>An inode whose reference was given back: null for one that may be gone then.</summary>
    private static Inode? Uncounted(Inode inode)
    {
        inode.Release();
        return inode.IsCounted ? null : inode;
    }

    private static Creation CreationBy(Process process, Inode directory, ushort mode)
    {
        Credentials credentials = process.Credentials;
        mode = Permissions.ModeIn(directory, credentials, (ushort)(mode & 0xFFF & ~process.Umask));
        return new Creation(mode, credentials.UserId, credentials.GroupId);
    }
}
