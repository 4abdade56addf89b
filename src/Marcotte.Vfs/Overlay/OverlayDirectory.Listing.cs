using Marcotte.Core;

namespace Marcotte.Vfs.Overlay;

/// <content>Which entries of its layers are seen.</content>
internal sealed partial class OverlayDirectory
{
    /// <summary>Whether an entry of the upper layer is listed there: what layers below show too is listed with them.</summary>
    public bool SeesUpperLocked(ref DirectoryEntry entry)
    {
        ReadOnlySpan<byte> name = entry.Name.Span;
        if (OverlayFileSystem.IsReserved(name) || IsWhiteoutLocked(Upper!, entry) || HasBelowLocked(name))
        {
            return false;
        }

        OverlayInode? known = _names?.Find(name);
        bool isKnown = known is not null && (!Tree.IsCounted || known is OverlayDirectory { IsRedirected: true });
        entry = entry with { Inode = isKnown ? known!.Number : Tree.NumberOfUpperLocked(entry.Inode) };
        return true;
    }

    /// <summary>Whether an entry of a layer below is seen through all above it.</summary>
    public bool SeesLowerLocked(int index, ref DirectoryEntry entry)
    {
        ReadOnlySpan<byte> name = entry.Name.Span;
        LayerInode lower = _lowers[index];
        if (OverlayFileSystem.IsReserved(name) || IsWhiteoutLocked(lower.Inode, entry) || IsInLayersAbove(index, name))
        {
            return false;
        }

        Inode? upper = null;
        if (Upper is null || Upper.Lookup(name, out upper) == Errno.NoEnt)
        {
            entry = entry with { Inode = OverlayFileSystem.NumberOf(lower.Layer, entry.Inode) };
            return true;
        }

        bool isHidden = upper is not null && Layering.IsWhiteout(upper);
        upper?.Release();
        if (isHidden || FindLocked(name, out OverlayInode? found) != Errno.Success)
        {
            return false;
        }

        entry = entry with { Inode = found!.Number, Type = found.Type };
        found.Release();
        return true;
    }

    private static bool IsWhiteoutLocked(Inode directory, in DirectoryEntry entry)
    {
        if (entry.Type != FileType.CharacterDevice || directory.Lookup(entry.Name.Span, out Inode? inode) != Errno.Success)
        {
            return false;
        }

        bool isWhiteout = Layering.IsWhiteout(inode!);
        inode!.Release();
        return isWhiteout;
    }

    private bool IsInLayersAbove(int index, ReadOnlySpan<byte> name)
    {
        foreach (LayerInode lower in _lowers.AsSpan(0, index))
        {
            if (lower.Inode.Lookup(name, out Inode? found) == Errno.Success)
            {
                found!.Release();
                return true;
            }
        }

        return false;
    }
}
