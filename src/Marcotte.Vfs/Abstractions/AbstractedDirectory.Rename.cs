using Marcotte.Core;

namespace Marcotte.Vfs.Abstractions;

/// <content>Renaming: POSIX's refusals first, then a move.</content>
internal sealed partial class AbstractedDirectory
{
    /// <inheritdoc/>
    /// <remarks>
    /// A file replaces a file in one step where the <c>IFileSystem</c> does so. An empty directory that a directory replaces
    /// is removed first, since <c>Directory.Move</c> replaces nothing.
    /// </remarks>
    public override Errno Rename(ReadOnlySpan<byte> name, Inode target, ReadOnlySpan<byte> targetName, RenameMode mode)
    {
        if (target is not AbstractedDirectory into || !ReferenceEquals(target.FileSystem, FileSystem))
        {
            return Errno.XDev;
        }

        // Nothing that System.IO offers exchanges two names in one step.
        if (mode == RenameMode.Exchange)
        {
            return Errno.Inval;
        }

        Errno errno = Owner.Decode(name, out string from);
        if (errno != Errno.Success)
        {
            return errno == Errno.Inval ? Errno.NoEnt : errno;
        }

        errno = Prepare(targetName, out string to);
        if (errno != Errno.Success)
        {
            return errno;
        }

        lock (Owner.Gate)
        {
            try
            {
                return RenameLocked(from, into, to, mode);
            }
            catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno thrown))
            {
                return thrown;
            }
        }
    }

    private Errno RenameLocked(string from, AbstractedDirectory into, string to, RenameMode mode)
    {
        string intoPath = string.Empty;
        Errno errno = LocateLocked(out string path);
        errno = errno == Errno.Success ? into.LocateLocked(out intoPath) : errno;
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (NodeLocked(path, from) is not { } moved)
        {
            return Errno.NoEnt;
        }

        AbstractedInode? replaced = into.NodeLocked(intoPath, to);
        if (replaced is not null && mode == RenameMode.NoReplace)
        {
            return Errno.Exist;
        }

        errno = CheckRenameLocked(moved, into, replaced, Owner.Join(intoPath, to));
        if (errno != Errno.Success || (ReferenceEquals(moved, replaced) && to == moved.Name))
        {
            return errno;
        }

        using OpenStreams streams = new(Owner);
        streams.Moves(moved);
        if (!ReferenceEquals(moved, replaced))
        {
            streams.Goes(replaced);
        }

        MoveLocked(moved, Owner.Join(path, from), replaced, Owner.Join(intoPath, to));
        _nodes.Remove(from);
        if (!ReferenceEquals(moved, replaced))
        {
            into.ForgetLocked(to);
        }

        into._nodes[to] = moved;
        moved.Parent = into;
        moved.Name = to;
        return Errno.Success;
    }

    private Errno CheckRenameLocked(AbstractedInode moved, AbstractedDirectory into, AbstractedInode? replaced, string targetPath)
    {
        // Where a guest may make no link it may move none either: it would be swapped for a directory in another box's way.
        if (moved.Type is not (FileType.Regular or FileType.Directory) && !(Owner.AllowsLinks && moved.Type == FileType.SymbolicLink))
        {
            return Errno.Perm;
        }

        if (IsWithin(into, moved))
        {
            return Errno.Inval;
        }

        if (replaced is null || ReferenceEquals(moved, replaced))
        {
            return Errno.Success;
        }

        if (replaced is AbstractedDirectory)
        {
            return !moved.IsDirectory ? Errno.IsDir
                : IsWithin(this, replaced) || Owner.Files.Directory.EnumerateFileSystemEntries(targetPath).Any() ? Errno.NotEmpty
                : Errno.Success;
        }

        return moved.IsDirectory ? Errno.NotDir : Errno.Success;
    }

    private void MoveLocked(AbstractedInode moved, string path, AbstractedInode? replaced, string targetPath)
    {
        if (!moved.IsDirectory && !Owner.Files.Directory.Exists(path))
        {
            Owner.Files.File.Move(path, targetPath, overwrite: true);
            return;
        }

        // A directory, or a link to one, which File.Move would take for nothing.
        if (replaced is not null && !ReferenceEquals(moved, replaced))
        {
            if (replaced.IsDirectory)
            {
                Owner.Files.Directory.Delete(targetPath, recursive: false);
            }
            else
            {
                Owner.Files.File.Delete(targetPath);
            }
        }

        Owner.Files.Directory.Move(path, targetPath);
    }

    private static bool IsWithin(AbstractedInode inode, AbstractedInode above)
    {
        for (AbstractedInode? at = inode; at is not null; at = at.Parent)
        {
            if (ReferenceEquals(at, above))
            {
                return true;
            }
        }

        return false;
    }
}
