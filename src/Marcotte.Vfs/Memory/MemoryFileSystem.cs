using System.Collections.Immutable;
using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>
/// A tree of files in the host's memory: sparse, with hard links and symbolic links, bounded in bytes and in inodes. It can be
/// kept as a <see cref="TreeSnapshot"/> and made of one, at once, however large it is.
/// </summary>
/// <remarks>
/// <para>
/// Lock order: an open file's offset lock; then the tree's lock, under which names come, go and move, and a snapshot is
/// taken; then one file's latch, under which its bytes and its openings change; then, for a moment, what counts the
/// charges. Two latches are held only by a copy between two files, the one of the lower number first. Looking up, listing
/// and describing take none of them.
/// </para>
/// <para>
/// Charged are pages of files and the content of symbolic links, in bytes, and one inode for each file, directory and link
/// and for each further hard link, as tmpfs charges them. An inode and its bytes are given back when its last name and its
/// last opening are gone. Bytes that came with a snapshot are not charged; a page is when it is first copied.
/// </para>
/// <para>
/// How snapshots work. An inode is a handle, which is one tree's own, over a node, which has the state. A node, a table of
/// names, a node of a tree of pages and a page each belong to the generation of the tree in which they were made: that alone
/// changes them in place, whoever else has one copies it first. A snapshot keeps the root's node and begins a new
/// generation, so that all there is becomes frozen without being looked at. These hold:
/// </para>
/// <list type="bullet">
/// <item>What a frozen node leads to is frozen. A copy shares it, and copies what it changes in turn.</item>
/// <item>A directory entry has the inode's handle where it was made, and its node at that time. In another tree, or another
/// incarnation of this one, the handle's number counts: one handle for each number is made there on demand.</item>
/// <item>An entry stays as it is when its inode's node is copied, so a snapshot also keeps a map, by number, of the nodes that are
/// newer than their entries. That is why no path to the root is copied, and why hard links need no care.</item>
/// <item>A write that has found its node unfrozen may finish after the snapshot began: then it is in it, whole, and nobody
/// reads the node in another tree until it has. Any later write is not in it.</item>
/// <item>Numbers never come twice in one file system, not even after a restore.</item>
/// </list>
/// </remarks>
public sealed partial class MemoryFileSystem : FileSystem
{
    private const uint BlockBytes = 4096;

    private readonly Limits _limits;
    private readonly Quota _fileBytes;
    private readonly Quota? _bytes;
    private readonly MemoryDirectory _root;
    private Generation _generation;
    private long _lastNumber;

    // Two constructors with optional parameters: the second one's type tells them apart in any call.
#pragma warning disable RS0026, RS0027
    /// <summary>Makes a tree that has only its root.</summary>
    /// <param name="kernel">The box whose quotas, limits and clock count.</param>
    /// <param name="maxBytes">Bytes that this tree may hold, besides what the box may; null for no bound of its own.</param>
    /// <param name="rootMode">Permission bits of the root.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not above zero.</exception>
    public MemoryFileSystem(Kernel kernel, long? maxBytes = null, ushort rootMode = 0x1ED)
        : this(kernel, maxBytes, null, rootMode)
    {
    }

    /// <summary>Makes a tree that has what a snapshot has, and shares with it what it does not change.</summary>
    /// <param name="kernel">The box whose quotas, limits and clock count.</param>
    /// <param name="snapshot">What is in it. Its inodes are charged to the box now, its bytes never.</param>
    /// <param name="maxBytes">Bytes that this tree may hold beyond the snapshot's; null for no bound of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not above zero.</exception>
    /// <exception cref="ArgumentException">The snapshot has more inodes than the box may have.</exception>
    public MemoryFileSystem(Kernel kernel, TreeSnapshot snapshot, long? maxBytes = null)
        : this(kernel, maxBytes, snapshot ?? throw new ArgumentNullException(nameof(snapshot)), 0)
    {
    }
#pragma warning restore RS0026, RS0027

    private MemoryFileSystem(Kernel kernel, long? maxBytes, TreeSnapshot? snapshot, ushort rootMode)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (maxBytes is { } limit)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit, nameof(maxBytes));
            _bytes = new Quota(limit);
        }

        _limits = kernel.Limits;
        _fileBytes = kernel.FileBytes;
        InodeQuota = kernel.Inodes;
        Clock = new FileClock(kernel);
        long now = Clock.Now();
        Incarnation incarnation = new(this, now);
        _generation = new Generation(incarnation, snapshot?.Newer ?? ImmutableDictionary<ulong, MemoryNode>.Empty);
        _lastNumber = (long)(snapshot?.LastNumber ?? RootNumber);
        DirectoryNode root = snapshot?.Root ?? new DirectoryNode(_generation, new Creation(rootMode, 0, 0), now);
        _root = new MemoryDirectory(incarnation, null, RootNumber, root);
        if (snapshot is not null)
        {
            if (!incarnation.TryChargeInodes(snapshot.Count))
            {
                throw TooManyInodes(snapshot);
            }

            incarnation.NamesLocked = snapshot.Count;
            incarnation.AddContent(snapshot.Bytes);
        }
    }

    /// <inheritdoc/>
    public override Inode Root => _root;

    /// <inheritdoc/>
    public override bool TakesMountPoints => true;

    /// <inheritdoc/>
    public override bool ChangesOutside => false;

    internal Lock TreeLock { get; } = new();

    internal FileClock Clock { get; }

    internal Generation Generation => Volatile.Read(ref _generation);

    internal Quota InodeQuota { get; }

    internal int HardLinks => _limits.HardLinks;

    /// <summary>Bytes that all its files together can never pass.</summary>
    internal long BytesLimit => Math.Min(_fileBytes.Limit, _bytes?.Limit ?? long.MaxValue);

    /// <inheritdoc/>
    public override Errno Stat(out FileSystemStat stat)
    {
        long free = Math.Min(_fileBytes.Limit - _fileBytes.Used, _bytes is null ? long.MaxValue : _bytes.Limit - _bytes.Used);
        stat = new FileSystemStat
        {
            BlockSize = BlockBytes,
            Blocks = (ulong)BytesLimit / BlockBytes,
            FreeBlocks = (ulong)Math.Max(0, free) / BlockBytes,
            Inodes = (ulong)InodeQuota.Limit,
            FreeInodes = (ulong)Math.Max(0, InodeQuota.Limit - InodeQuota.Used),
            NameBytes = (uint)_limits.NameBytes,
        };
        return Errno.Success;
    }

    internal ulong NextNumber() => (ulong)Interlocked.Increment(ref _lastNumber);

    internal bool TryChargeQuotas(long bytes)
    {
        if (!_fileBytes.TryCharge(bytes))
        {
            return false;
        }

        if (_bytes is null || _bytes.TryCharge(bytes))
        {
            return true;
        }

        _fileBytes.Refund(bytes);
        return false;
    }

    internal void RefundQuotas(long bytes)
    {
        _fileBytes.Refund(bytes);
        _bytes?.Refund(bytes);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // A snapshot may outlive the box, and leads here through its entries.
        Clock.Stop();
        Generation.Incarnation.DropSpecials();
        base.Dispose(disposing);
    }
}
