using System.Numerics;

namespace Marcotte.Vfs.Archives;

/// <summary>Bytes that cost something to get, kept in blocks in the archive's cache.</summary>
internal abstract class CachedBytes : ArchiveBytes
{
    private const int SmallestBlockBits = 14;
    private const int MostBlocksBits = 20;

    private readonly BlockCache _cache;
    private readonly int _bits;
    private CachedBlock?[]? _blocks;

    protected CachedBytes(BlockCache cache, long length)
    {
        _cache = cache;
        Length = length;

        // The table of blocks stays small however large the file is: then its blocks are larger.
        _bits = Math.Max(SmallestBlockBits, BitOperations.Log2((ulong)length | 1) - MostBlocksBits);
    }

    public override long Length { get; }

    /// <summary>How many blocks there are.</summary>
    public int BlockCount => (int)((Length + BlockLength - 1) >> _bits);

    protected int BlockLength => 1 << _bits;

    public override void Read(Span<byte> buffer, long offset)
    {
        CachedBlock?[] blocks = _blocks ?? MakeBlocks();
        while (buffer.Length > 0)
        {
            int index = (int)(offset >> _bits);
            CachedBlock block = Volatile.Read(ref blocks[index]) ?? Load(index);
            if (!block.WasRead)
            {
                block.WasRead = true;
            }

            int within = (int)(offset & (BlockLength - 1));
            int count = Math.Min(buffer.Length, block.Bytes.Length - within);
            block.Bytes.AsSpan(within, count).CopyTo(buffer);
            buffer = buffer[count..];
            offset += count;
        }
    }

    /// <summary>Gets a block that is not in the cache, and whatever else comes with it.</summary>
    protected abstract CachedBlock Load(int index);

    protected CachedBlock? Find(int index) => Volatile.Read(ref (_blocks ?? MakeBlocks())[index]);

    protected byte[] MakeBlock(int index) =>
        GC.AllocateUninitializedArray<byte>((int)Math.Min(BlockLength, Length - ((long)index << _bits)));

    /// <summary>Keeps a block, unless another thread has brought the same one meanwhile.</summary>
    protected CachedBlock Keep(int index, byte[] bytes)
    {
        CachedBlock?[] blocks = _blocks ?? MakeBlocks();
        CachedBlock block = new(blocks, index, bytes);
        if (Interlocked.CompareExchange(ref blocks[index], block, null) is { } other)
        {
            return other;
        }

        _cache.Add(block);
        return block;
    }

    private CachedBlock?[] MakeBlocks()
    {
        CachedBlock?[] blocks = new CachedBlock?[BlockCount];
        return Interlocked.CompareExchange(ref _blocks, blocks, null) ?? blocks;
    }
}

/// <summary>A file of the host's, through the cache: a read of what was read lately makes no call into the host.</summary>
internal sealed class CachedFileBytes(BlockCache cache, FileBytes file) : CachedBytes(cache, file.Length)
{
    protected override CachedBlock Load(int index)
    {
        byte[] bytes = MakeBlock(index);
        file.Read(bytes, (long)index * BlockLength);
        return Keep(index, bytes);
    }

    public override void Dispose()
    {
        file.Dispose();
        base.Dispose();
    }
}
