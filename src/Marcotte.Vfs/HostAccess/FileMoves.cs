using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Deleting, moving, copying and replacing files: what .NET makes of Unix's calls so that Windows's promises hold.</summary>
/// <remarks>All paths are full ones.</remarks>
internal static class FileMoves
{
    internal static void Delete(Tree tree, string path)
    {
        Errno errno = tree.Unlink(path);
        switch (errno)
        {
            case Errno.Success:
            case Errno.NoEnt when tree.HasParentAsIs(path):
            case Errno.RoFs when !tree.IsFile(path, out Errno missing) && missing == Errno.NoEnt:
                return;
            case Errno.NoEnt:
                throw TreeErrors.DirectoryMissing(path);
            default:
                throw TreeErrors.Of(errno == Errno.IsDir ? Errno.Access : errno, path);
        }
    }

    internal static void Move(Tree tree, string source, string target, bool overwrite)
    {
        if (overwrite)
        {
            Errno errno = tree.Rename(source, target);
            if (errno == Errno.XDev)
            {
                FileCopies.Copy(tree, source, target, overwrite: true);
                Delete(tree, source);
                return;
            }

            TreeErrors.Check(errno, target, isDirectory: true);
            return;
        }

        // Renaming replaces what is there, so that it is right only where nothing is, or the file itself.
        if (tree.Stat(source, follow: false, out FileStat from) == Errno.Success
            && (tree.Stat(target, follow: false, out FileStat to) != Errno.Success || IsSame(from, to))
            && tree.Rename(source, target) == Errno.Success)
        {
            return;
        }

        LinkOrCopy(tree, source, target);
        Delete(tree, source);
    }

    internal static void Replace(Tree tree, string source, string target, string? backup)
    {
        Errno found = tree.Stat(source, follow: false, out FileStat from);
        TreeErrors.Check(found, source, found == Errno.NoEnt && !tree.HasParent(source));
        RequireFile(from, source);
        if (tree.Stat(target, follow: false, out FileStat to) == Errno.Success)
        {
            RequireFile(to, target);
            if (IsSame(from, to))
            {
                throw new IOException($"The source '{source}' and destination '{target}' are the same file.");
            }
        }

        if (backup is not null)
        {
            Errno errno = tree.Unlink(backup);
            TreeErrors.Check(errno == Errno.NoEnt ? Errno.Success : errno, backup);
            LinkOrCopy(tree, target, backup);
        }
        else if (tree.Stat(target, follow: true, out _) == Errno.NoEnt)
        {
            throw TreeErrors.Of(Errno.NoEnt);
        }

        TreeErrors.Check(tree.Rename(source, target));
    }

    private static void LinkOrCopy(Tree tree, string source, string target)
    {
        Errno errno = tree.Link(source, target);
        switch (errno)
        {
            case Errno.Success:
                return;
            case Errno.XDev or Errno.Perm or Errno.NotSup or Errno.MLink or Errno.NoSys:
                FileCopies.Copy(tree, source, target, overwrite: false);
                return;
            case Errno.NoEnt when !tree.HasParentAsIs(target):
                throw TreeErrors.DirectoryMissing(target);
            case Errno.NoEnt:
                throw TreeErrors.Of(errno, source);
            case Errno.Exist:
                throw TreeErrors.Of(errno, target);
            default:
                throw TreeErrors.Of(errno);
        }
    }

    private static void RequireFile(in FileStat stat, string path)
    {
        if (stat.Type == FileType.Directory)
        {
            throw new UnauthorizedAccessException($"The specified path '{path}' is not a file.");
        }
    }

    private static bool IsSame(in FileStat one, in FileStat other) => one.Device == other.Device && one.Inode == other.Inode;
}
