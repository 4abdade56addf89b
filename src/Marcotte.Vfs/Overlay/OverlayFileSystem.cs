using System.Globalization;
using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.Overlay;

/// <summary>
/// File systems on top of each other, seen as one. All but the upper one are only ever read; what is changed is copied to
/// the upper one first, and what is removed is hidden there by a whiteout, as Linux's overlayfs does it.
/// </summary>
/// <remarks>
/// <para>
/// Lock order: an open file's offset lock; then the overlay's lock, under which names come, go and move, the upper layer's
/// names are looked at, and files are copied up; then whatever the layers take. What was looked up before is found again,
/// described and read without it, unless a layer below can change from outside. Copying up a file takes
/// its lock for as long as that takes: a file's bytes are bounded by the upper layer's quota, and shared rather than copied
/// where the two layers can do that.
/// </para>
/// <para>
/// Unlike overlayfs: a directory of a lower layer can be renamed (overlayfs: EXDEV), its inode here then goes on pointing at
/// the lower directory; a file keeps st_dev and st_ino when it is copied up; two names of one file in a lower
/// layer stay one file; and who opened a file for reading before it was copied up sees what is written after. The
/// time of access changes in the upper layer alone.
/// </para>
/// <para>
/// The layers belong to the overlay: who changes the upper one by another way, or a lower one that says it does not change
/// (<see cref="FileSystem.ChangesOutside"/>), does not see that here. What was looked up stays in the host's memory, at most
/// one small object for each file that the layers have. Names that begin with <c>.wh..wh.</c> are the overlay's own: none is
/// seen, and none can be made (EPERM).
/// </para>
/// </remarks>
public sealed class OverlayFileSystem : FileSystem
{
    /// <summary>Layers below the upper one, at most.</summary>
    public const int LowersLimit = 127;

    private const int NumberBits = 48;

    private readonly FileSystem[] _lowers;
    private readonly OverlayDirectory _root;
    private Dictionary<LayerNumber, OverlayLeaf>? _shared;
    private Dictionary<ulong, ulong>? _origins;
    private HashSet<OverlayDirectory>? _redirected;
    private ulong _temporaries;

    /// <summary>Lays file systems on each other.</summary>
    /// <param name="upper">What is written to; disposed with this.</param>
    /// <param name="lowers">What is only read, each on top of those before it; disposed with this.</param>
    /// <exception cref="ArgumentException">There are none, or too many, or the upper one is read-only.</exception>
    public OverlayFileSystem(FileSystem upper, IEnumerable<FileSystem> lowers)
    {
        ArgumentNullException.ThrowIfNull(upper);
        ArgumentNullException.ThrowIfNull(lowers);
        Upper = upper;
        _lowers = [.. lowers.Reverse()];
        if (_lowers.Length is 0 or > LowersLimit)
        {
            throw new ArgumentException(
                $"An overlay takes 1 to {LowersLimit} layers below the upper one, not {_lowers.Length}; merge some, or mount the file system itself.",
                nameof(lowers));
        }

        if (upper.IsReadOnly)
        {
            throw new ArgumentException("The upper layer of an overlay is read-only; give it one that can be written to.", nameof(upper));
        }

        IsCounted = upper.ChangesOutside || Array.Exists(_lowers, lower => lower.ChangesOutside);
        _root = new OverlayDirectory(this, upper.Root, RootsBelow());
    }

    /// <summary>What is written to: all changes, as a layer of their own.</summary>
    public FileSystem Upper { get; }

    /// <inheritdoc/>
    public override Inode Root => _root;

    /// <inheritdoc/>
    public override bool ChangesOutside => IsCounted;

    /// <summary>
    /// Whether layers can change from outside: then inodes are counted, and names looked up in the layers each time.
    /// </summary>
    internal bool IsCounted { get; }

    internal Lock Lock { get; } = new();

    /// <inheritdoc/>
    public override Errno Stat(out FileSystemStat stat) => Upper.Stat(out stat);

    /// <summary>
    /// Copies up all that is in directories of lower layers that were renamed, so that <see cref="Upper"/> can be put on the
    /// same lower layers again, elsewhere: only this overlay's own memory says where such a directory came from.
    /// </summary>
    /// <returns>The outcome; <see cref="Errno.NoSpc"/> when there is no room, what was copied up then stays.</returns>
    public Errno CopyUpRenamed()
    {
        lock (Lock)
        {
            // Those on the stack are held: nobody else may be using them.
            Stack<OverlayDirectory> open = new((_redirected ?? []).Select(directory => (OverlayDirectory)directory.Acquire()));
            Errno errno = Errno.Success;
            while (open.TryPop(out OverlayDirectory? directory))
            {
                errno = errno == Errno.Success ? directory.CopyUpEntriesLocked(open) : errno;
                directory.Release();
            }

            return errno;
        }
    }

    /// <summary>Whether a name is one of the overlay's own.</summary>
    internal static bool IsReserved(ReadOnlySpan<byte> name) => name.StartsWith(".wh..wh."u8);

    /// <summary>The number of an inode of a layer: for the upper one its own, for others with the layer on top.</summary>
    internal static ulong NumberOf(int layer, ulong number) => number < 1UL << NumberBits
        ? ((ulong)layer << NumberBits) | number
        : (number ^ ((ulong)layer * 0x9E3779B97F4A7C15)) | (1UL << 63);

    /// <summary>The number of an inode of the upper layer: where it was copied from, that of the original.</summary>
    internal ulong NumberOfUpperLocked(ulong number) =>
        _origins is not null && _origins.TryGetValue(number, out ulong origin) ? origin : NumberOf(0, number);

    /// <summary>A name in the upper layer that nobody sees.</summary>
    internal byte[] NextTemporaryLocked() =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $".wh..wh.{++_temporaries}"));

    /// <summary>The inode that stands for a file of a lower layer with more names than one.</summary>
    internal OverlayLeaf? FindSharedLocked(int layer, ulong number) =>
        _shared is not null && _shared.TryGetValue(new LayerNumber(layer, number), out OverlayLeaf? leaf) && leaf.TryAcquire()
            ? leaf
            : null;

    internal void ShareLocked(int layer, ulong number, OverlayLeaf leaf) => (_shared ??= [])[new LayerNumber(layer, number)] = leaf;

    internal void UnshareLocked(int layer, ulong number, OverlayLeaf leaf)
    {
        LayerNumber key = new(layer, number);
        if (_shared is not null && _shared.TryGetValue(key, out OverlayLeaf? present) && ReferenceEquals(present, leaf))
        {
            _shared.Remove(key);
        }
    }

    /// <summary>Remembers what an inode of the upper layer was copied from, where its own inode here may be forgotten.</summary>
    internal void SetOriginLocked(ulong upper, ulong number)
    {
        if (IsCounted)
        {
            (_origins ??= [])[upper] = number;
        }
    }

    internal void ForgetOriginLocked(ulong upper) => _origins?.Remove(upper);

    internal void SetRedirectedLocked(OverlayDirectory directory, bool isRedirected)
    {
        if (isRedirected)
        {
            (_redirected ??= []).Add(directory);
        }
        else
        {
            _redirected?.Remove(directory);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Upper.Dispose();
            Array.ForEach(_lowers, lower => lower.Dispose());
        }

        base.Dispose(disposing);
    }

    private LayerInode[] RootsBelow()
    {
        List<LayerInode> roots = [];
        bool isOpaque = Upper.Root.IsOpaque;
        for (int i = 0; i < _lowers.Length && !isOpaque; i++)
        {
            roots.Add(new LayerInode(_lowers[i].Root, i + 1));
            isOpaque = _lowers[i].Root.IsOpaque;
        }

        return [.. roots];
    }

    private readonly record struct LayerNumber(int Layer, ulong Number);
}
