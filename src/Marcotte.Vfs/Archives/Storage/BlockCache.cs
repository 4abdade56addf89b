namespace Marcotte.Vfs.Archives;

/// <summary>
/// Keeps blocks that were read or inflated lately, of all files of an archive together up to a number of bytes. Which one
/// goes is decided by its second chance: the oldest that was not read since the cache last came by.
/// </summary>
/// <remarks>Finding a block takes no lock. One that is dropped while it is read stays whole for whoever reads it.</remarks>
internal sealed class BlockCache(long limit)
{
    private readonly Lock _lock = new();
    private readonly Queue<CachedBlock> _blocks = new();
    private long _bytes;

    /// <summary>Bytes held now.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public void Add(CachedBlock block)
    {
        lock (_lock)
        {
            _blocks.Enqueue(block);
            _bytes += block.Bytes.Length;
            while (_bytes > limit && _blocks.TryDequeue(out CachedBlock? oldest))
            {
                // The last one left goes whatever it says, or a block larger than the limit would be asked for ever.
                if (oldest.WasRead && _blocks.Count > 0)
                {
                    oldest.WasRead = false;
                    _blocks.Enqueue(oldest);
                }
                else
                {
                    oldest.Forget();
                    _bytes -= oldest.Bytes.Length;
                }
            }
        }
    }
}

/// <summary>A block in the cache, and the place that it is found at.</summary>
internal sealed class CachedBlock(CachedBlock?[] places, int index, byte[] bytes)
{
    public byte[] Bytes => bytes;

    /// <summary>Whether it was read since it came, or since it was last spared.</summary>
    public bool WasRead { get; set; }

    public void Forget() => Volatile.Write(ref places[index], null);
}
