using Marcotte.Core;

namespace Marcotte.Vfs.Overlay;

/// <summary>A listing of an overlay's directory: those of its layers after one another, each name once.</summary>
/// <remarks>
/// A name is listed where the topmost of the lower layers has it, even when the upper one has it too: so an entry that is
/// copied up meanwhile is neither missed nor listed twice. A cookie is a layer and its own cookie; those of a layer that are
/// too long for that are kept, the last some thousands of them.
/// </remarks>
internal sealed class OverlayListing(OverlayDirectory directory) : DirectoryListing
{
    private const int LayerBits = 7;
    private const ulong LayerMask = (1 << LayerBits) - 1;

    private readonly LayerCookies _cookies = new();
    private DirectoryListing?[] _listings = [];

    public override Errno Read(ulong cookie, out DirectoryEntry entry)
    {
        entry = default;
        lock (directory.Tree.Lock)
        {
            ReadOnlySpan<LayerInode> lowers = directory.Lowers;
            if (_listings.Length == 0)
            {
                _listings = new DirectoryListing?[lowers.Length + 1];
            }

            Errno errno = _cookies.TryGet(cookie >> LayerBits, out ulong position) ? Errno.Success : Errno.Inval;
            for (int index = (int)(cookie & LayerMask); errno == Errno.Success && index <= lowers.Length && !directory.IsRemoved; index++)
            {
                errno = ReadLayerLocked(index, position, out entry);
                if (errno == Errno.Success && !entry.IsEnd)
                {
                    entry = entry with { Next = (_cookies.Keep(entry.Next) << LayerBits) | (uint)index };
                    break;
                }

                position = 0;
            }

            return errno;
        }
    }

    protected override void Dispose(bool disposing)
    {
        lock (directory.Tree.Lock)
        {
            foreach (DirectoryListing? listing in _listings)
            {
                listing?.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>The next entry of one layer that is seen.</summary>
    /// <param name="index">0 for the upper one, else which of those below.</param>
    /// <param name="position">The layer's own cookie.</param>
    /// <param name="entry">The entry, its cookie the layer's own; an empty one at the end.</param>
    private Errno ReadLayerLocked(int index, ulong position, out DirectoryEntry entry)
    {
        entry = default;
        Inode? layer = index == 0 ? directory.Upper : directory.Lowers[index - 1].Inode;
        if (layer is null)
        {
            return Errno.Success;
        }

        ref DirectoryListing? listing = ref _listings[index];
        Errno errno = listing is null ? layer.List(out listing) : Errno.Success;
        while (errno == Errno.Success)
        {
            errno = listing!.Read(position, out entry);
            if (errno != Errno.Success || entry.IsEnd)
            {
                break;
            }

            bool isSeen = index == 0 ? directory.SeesUpperLocked(ref entry) : directory.SeesLowerLocked(index - 1, ref entry);
            if (isSeen)
            {
                break;
            }

            position = entry.Next;
        }

        return errno;
    }

    /// <summary>Cookies of layers that are longer than there is room for beside the layer's number: ext4's have 63 bits.</summary>
    private sealed class LayerCookies
    {
        private const ulong Longest = 1UL << 54;
        private const int Kept = 4096;

        private ulong[]? _kept;
        private ulong _count;

        public bool TryGet(ulong cookie, out ulong position)
        {
            position = cookie;
            if (cookie < Longest)
            {
                return true;
            }

            ulong index = cookie - Longest;
            position = index < _count ? _kept![index % Kept] : 0;
            return index < _count && index + Kept >= _count;
        }

        public ulong Keep(ulong position)
        {
            if (position < Longest)
            {
                return position;
            }

            // Asking again for what was just given, as a reader does whose buffer was full, gives the same.
            _kept ??= new ulong[Kept];
            for (ulong back = 1; back <= Math.Min(_count, 8); back++)
            {
                if (_kept[(_count - back) % Kept] == position)
                {
                    return Longest + _count - back;
                }
            }

            _kept[_count % Kept] = position;
            return Longest + _count++;
        }
    }
}
