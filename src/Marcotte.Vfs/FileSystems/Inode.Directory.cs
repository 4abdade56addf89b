using Marcotte.Core;

namespace Marcotte.Vfs;

/// <content>What directories do.</content>
public abstract partial class Inode
{
    /// <summary>Finds an entry.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="child">Its inode, with a reference for the caller; set exactly when the outcome is success.</param>
    /// <returns>The outcome; <see cref="Errno.NoEnt"/> when there is none.</returns>
    public virtual Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
    {
        child = null;
        return Errno.NotDir;
    }

    /// <summary>
    /// The directory that it is in, by its present name or by the one under which it was looked up; the file system's root
    /// answers itself. Never leaves the file system's tree.
    /// </summary>
    /// <param name="parent">The directory, with a reference for the caller; set exactly when the outcome is success.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno LookupParent(out Inode? parent)
    {
        parent = null;
        return Errno.NotDir;
    }

    /// <summary>Finds the name of a directory that is in this one (getcwd). Searches a listing by default, which takes its time.</summary>
    /// <param name="child">The directory.</param>
    /// <param name="name">Where its name goes; room for <see cref="Limits.NameBytes"/>.</param>
    /// <param name="length">Bytes of the name.</param>
    /// <returns>The outcome; <see cref="Errno.NoEnt"/> when it is not here any more.</returns>
    public virtual Errno FindName(Inode child, Span<byte> name, out int length)
    {
        ArgumentNullException.ThrowIfNull(child);
        length = 0;
        Errno errno = List(out DirectoryListing? listing);
        if (errno != Errno.Success)
        {
            return errno;
        }

        using (listing)
        {
            ulong cookie = 0;
            for (;;)
            {
                errno = listing!.Read(cookie, out DirectoryEntry entry);
                if (errno != Errno.Success || entry.IsEnd)
                {
                    return errno == Errno.Success ? Errno.NoEnt : errno;
                }

                if (entry.Inode == child.Number && entry.Type == FileType.Directory && entry.Name.Length <= name.Length)
                {
                    entry.Name.Span.CopyTo(name);
                    length = entry.Name.Length;
                    return Errno.Success;
                }

                cookie = entry.Next;
            }
        }
    }

    /// <summary>Begins a listing.</summary>
    /// <param name="listing">The listing; the caller disposes it.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno List(out DirectoryListing? listing)
    {
        listing = null;
        return Errno.NotDir;
    }

    /// <summary>Makes a regular file and opens it, whatever its permission bits.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="creation">What it is given.</param>
    /// <param name="request">How it is opened.</param>
    /// <param name="file">The open file; the caller owns its one reference.</param>
    /// <returns>The outcome; <see cref="Errno.Exist"/> when there is any entry of the name, a link too.</returns>
    public virtual Errno Create(ReadOnlySpan<byte> name, in Creation creation, in InodeOpen request, out OpenFile? file)
    {
        file = null;
        return Errno.Perm;
    }

    /// <summary>Makes a directory.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="creation">What it is given.</param>
    /// <returns>The outcome; <see cref="Errno.Exist"/> when there is any entry of the name.</returns>
    public virtual Errno MakeDirectory(ReadOnlySpan<byte> name, in Creation creation) => Errno.Perm;

    /// <summary>Makes a symbolic link.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">What it says; not empty, at most <see cref="Limits.PathBytes"/>, otherwise unchecked.</param>
    /// <param name="creation">What it is given.</param>
    /// <returns>The outcome; <see cref="Errno.Exist"/> when there is any entry of the name.</returns>
    public virtual Errno SymbolicLink(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content, in Creation creation) => Errno.Perm;

    /// <summary>Makes a special file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="node">What it stands for; <see cref="Inode.Special"/> of the new inode says so.</param>
    /// <param name="creation">What it is given.</param>
    /// <returns>The outcome; <see cref="Errno.Exist"/> when there is any entry of the name, <see cref="Errno.Perm"/>, the default, where none are kept.</returns>
    public virtual Errno MakeNode(ReadOnlySpan<byte> name, SpecialFile node, in Creation creation) => Errno.Perm;

    /// <summary>Gives a file of the same file system a name here.</summary>
    /// <param name="name">The name.</param>
    /// <param name="existing">The file; never a directory.</param>
    /// <returns>
    /// The outcome; <see cref="Errno.Exist"/> when there is any entry of the name, <see cref="Errno.MLink"/> for one link too
    /// many, <see cref="Errno.NoEnt"/> when the file's last name went since it was looked up.
    /// </returns>
    public virtual Errno Link(ReadOnlySpan<byte> name, Inode existing) => Errno.Perm;

    /// <summary>Hides a name of a layer below, in place of what has the name here if anything has (a whiteout); for what lies at the top of an overlay.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The outcome; <see cref="Errno.NotSup"/>, the default, when the file system cannot say so.</returns>
    public virtual Errno HideName(ReadOnlySpan<byte> name) => Errno.NotSup;

    /// <summary>Whether names of a layer below do not show through this directory; for what lies at the top of an overlay.</summary>
    public virtual bool IsOpaque => false;

    /// <summary>Makes this directory hide the names of a layer below.</summary>
    /// <returns>The outcome; <see cref="Errno.NotSup"/>, the default, when the file system cannot say so.</returns>
    public virtual Errno MarkOpaque() => Errno.NotSup;

    /// <summary>Removes a name of a file that is no directory.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The outcome; <see cref="Errno.IsDir"/> for a directory.</returns>
    public virtual Errno Unlink(ReadOnlySpan<byte> name) => Errno.Perm;

    /// <summary>Removes an empty directory.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The outcome; <see cref="Errno.NotDir"/>, <see cref="Errno.NotEmpty"/>.</returns>
    public virtual Errno RemoveDirectory(ReadOnlySpan<byte> name) => Errno.Perm;

    /// <summary>Gives an entry another name, here or in another directory of the file system.</summary>
    /// <param name="name">The present name.</param>
    /// <param name="target">The directory of the new name; may be this one.</param>
    /// <param name="targetName">The new name.</param>
    /// <param name="mode">What becomes of what has the new name; <see cref="Errno.Inval"/> for one that the file system cannot do.</param>
    /// <returns>
    /// The outcome. Nothing happens when both names are of one file. <see cref="Errno.Inval"/> into a directory's own
    /// subtree, <see cref="Errno.NotEmpty"/> onto a directory with entries or onto an ancestor, <see cref="Errno.NotDir"/> for
    /// a directory onto a file, <see cref="Errno.IsDir"/> for a file onto a directory.
    /// </returns>
    public virtual Errno Rename(ReadOnlySpan<byte> name, Inode target, ReadOnlySpan<byte> targetName, RenameMode mode) => Errno.Perm;
}
