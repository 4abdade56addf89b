using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>
/// A tree of files in the host's memory: sparse, with hard links and symbolic links, bounded in bytes and in inodes.
/// </summary>
/// <remarks>
/// <para>
/// Lock order: an open file's offset lock; then the tree's lock, under which names come, go and move; then one file's latch,
/// under which its bytes and its openings change. Two latches are never held at once. Looking up, listing and describing
/// take none of them.
/// </para>
/// <para>
/// Charged are pages of files and the content of symbolic links, in bytes, and one inode for each file, directory and link
/// and for each further hard link, as tmpfs charges them. An inode and its bytes are given back when its last name and its
/// last opening are gone.
/// </para>
/// </remarks>
public sealed class MemoryFileSystem : FileSystem
{
    private readonly Kernel _kernel;
    private readonly Quota? _bytes;
    private readonly MemoryDirectory _root;
    private long _lastNumber;

    /// <summary>Makes a tree that has only its root.</summary>
    /// <param name="kernel">The box whose quotas, limits and clock count.</param>
    /// <param name="maxBytes">Bytes that this tree may hold, besides what the box may; null for no bound of its own.</param>
    /// <param name="rootMode">Permission bits of the root.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not above zero.</exception>
    public MemoryFileSystem(Kernel kernel, long? maxBytes = null, ushort rootMode = 0x1ED)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (maxBytes is { } limit)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit, nameof(maxBytes));
            _bytes = new Quota(limit);
        }

        _kernel = kernel;
        Clock = new FileClock(kernel);
        _root = new MemoryDirectory(this, null, NextNumber(), new Creation(rootMode, 0, 0));
    }

    /// <inheritdoc/>
    public override Inode Root => _root;

    /// <inheritdoc/>
    public override bool TakesMountPoints => true;

    /// <inheritdoc/>
    public override bool ChangesOutside => false;

    internal Lock TreeLock { get; } = new();

    internal FileClock Clock { get; }

    internal int HardLinks => _kernel.Limits.HardLinks;

    /// <summary>Bytes that all its files together can never pass.</summary>
    internal long BytesLimit => Math.Min(_kernel.FileBytes.Limit, _bytes?.Limit ?? long.MaxValue);

    internal ulong NextNumber() => (ulong)Interlocked.Increment(ref _lastNumber);

    internal bool TryChargeInode() => _kernel.Inodes.TryCharge(1);

    internal void RefundInode() => _kernel.Inodes.Refund(1);

    internal bool TryChargeBytes(long bytes)
    {
        if (!_kernel.FileBytes.TryCharge(bytes))
        {
            return false;
        }

        if (_bytes is null || _bytes.TryCharge(bytes))
        {
            return true;
        }

        _kernel.FileBytes.Refund(bytes);
        return false;
    }

    internal void RefundBytes(long bytes)
    {
        _kernel.FileBytes.Refund(bytes);
        _bytes?.Refund(bytes);
    }
}
