using Marcotte.Core;

namespace Marcotte.Vfs.Overlay;

/// <content>Names that come.</content>
internal sealed partial class OverlayDirectory
{
    public override Errno Create(ReadOnlySpan<byte> name, in Creation creation, in InodeOpen request, out OpenFile? file)
    {
        file = null;
        lock (Tree.Lock)
        {
            Errno errno = BeginLocked(name, out Aside hidden);
            if (errno != Errno.Success)
            {
                return errno;
            }

            errno = Upper!.Create(name, creation, request, out OpenFile? opened);
            errno = EndLocked(errno, name, hidden, out OverlayInode? made);
            if (errno == Errno.Success)
            {
                file = ((OverlayLeaf)made!).Adopt(opened!, request);
                made!.Release();
            }
            else
            {
                opened?.Release();
            }

            return errno;
        }
    }

    public override Errno MakeDirectory(ReadOnlySpan<byte> name, in Creation creation)
    {
        lock (Tree.Lock)
        {
            Errno errno = BeginLocked(name, out Aside hidden);
            if (errno != Errno.Success)
            {
                return errno;
            }

            errno = Upper!.MakeDirectory(name, creation);
            if (errno == Errno.Success && hidden.IsTaken)
            {
                // What layers below have of that name was removed; the new one must not show it again.
                errno = MarkOpaqueLocked(name);
                if (errno != Errno.Success)
                {
                    Upper.RemoveDirectory(name);
                }
            }

            errno = EndLocked(errno, name, hidden, out OverlayInode? made);
            made?.Release();
            return errno;
        }
    }

    public override Errno SymbolicLink(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content, in Creation creation)
    {
        lock (Tree.Lock)
        {
            Errno errno = BeginLocked(name, out Aside hidden);
            if (errno == Errno.Success)
            {
                errno = Upper!.SymbolicLink(name, content, creation);
                errno = EndLocked(errno, name, hidden, out OverlayInode? made);
                made?.Release();
            }

            return errno;
        }
    }

    public override Errno MakeNode(ReadOnlySpan<byte> name, SpecialFile node, in Creation creation)
    {
        lock (Tree.Lock)
        {
            Errno errno = BeginLocked(name, out Aside hidden);
            if (errno == Errno.Success)
            {
                errno = Upper!.MakeNode(name, node, creation);
                errno = EndLocked(errno, name, hidden, out OverlayInode? made);
                made?.Release();
            }

            return errno;
        }
    }

    public override Errno Link(ReadOnlySpan<byte> name, Inode existing)
    {
        if (existing is OverlayDirectory)
        {
            return Errno.Perm;
        }

        if (existing is not OverlayLeaf leaf || leaf.Tree != Tree)
        {
            return Errno.XDev;
        }

        lock (Tree.Lock)
        {
            Errno errno = CheckNewLocked(name);
            errno = errno == Errno.Success && leaf.IsGone ? Errno.NoEnt : errno;
            errno = errno == Errno.Success ? leaf.CopyUpLocked() : errno;
            Aside hidden = default;
            errno = errno == Errno.Success ? PrepareLocked(name, out hidden) : errno;
            if (errno != Errno.Success)
            {
                return errno;
            }

            errno = Upper!.Link(name, leaf.Upper!);
            if (errno != Errno.Success)
            {
                hidden.PutBackLocked(name);
                return errno;
            }

            hidden.DiscardLocked();
            leaf.GainNameLocked();
            if (leaf.Parent is null)
            {
                leaf.PlaceLocked(this, name.ToArray());
            }

            RememberLocked(name, leaf);
            return Errno.Success;
        }
    }

    /// <summary>Sees to it that all entries are in the upper layer, and notes the directories among them, each with a reference.</summary>
    public Errno CopyUpEntriesLocked(Stack<OverlayDirectory> directories)
    {
        Errno errno = CopyUpLocked();
        using OverlayListing listing = new(this);
        ulong cookie = 0;
        while (errno == Errno.Success)
        {
            errno = listing.Read(cookie, out DirectoryEntry entry);
            if (errno != Errno.Success || entry.IsEnd)
            {
                break;
            }

            cookie = entry.Next;
            errno = FindLocked(entry.Name.Span, out OverlayInode? inode);
            if (errno == Errno.Success)
            {
                errno = inode!.CopyUpLocked(this, entry.Name.Span);
                if (inode is OverlayDirectory directory)
                {
                    directories.Push(directory);
                }
                else
                {
                    inode.Release();
                }
            }
        }

        return errno;
    }

    /// <summary>Whether a name can be made here.</summary>
    private Errno CheckNewLocked(ReadOnlySpan<byte> name)
    {
        if (_isRemoved || OverlayFileSystem.IsReserved(name))
        {
            return _isRemoved ? Errno.NoEnt : Errno.Perm;
        }

        Errno errno = FindLocked(name, out OverlayInode? present);
        present?.Release();
        return errno == Errno.Success ? Errno.Exist : errno == Errno.NoEnt ? Errno.Success : errno;
    }

    /// <summary>Copies this up, and moves a whiteout out of the way.</summary>
    private Errno PrepareLocked(ReadOnlySpan<byte> name, out Aside hidden)
    {
        hidden = default;
        Errno errno = CopyUpLocked();
        return errno == Errno.Success ? hidden.TakeLocked(Tree, Upper!, name, Upper!) : errno;
    }

    private Errno BeginLocked(ReadOnlySpan<byte> name, out Aside hidden)
    {
        hidden = default;
        Errno errno = CheckNewLocked(name);
        return errno == Errno.Success ? PrepareLocked(name, out hidden) : errno;
    }

    /// <summary>Something was made in the upper layer, or was not.</summary>
    private Errno EndLocked(Errno errno, ReadOnlySpan<byte> name, in Aside hidden, out OverlayInode? made)
    {
        made = null;
        Inode? upper = null;
        errno = errno == Errno.Success ? Upper!.Lookup(name, out upper) : errno;
        if (errno != Errno.Success)
        {
            hidden.PutBackLocked(name);
            return errno;
        }

        hidden.DiscardLocked();
        made = MakeLocked(name.ToArray(), upper, []);
        return Errno.Success;
    }

    private Errno MarkOpaqueLocked(ReadOnlySpan<byte> name)
    {
        Errno errno = Upper!.Lookup(name, out Inode? made);
        errno = errno == Errno.Success ? made!.MarkOpaque() : errno;
        made?.Release();
        return errno;
    }
}
