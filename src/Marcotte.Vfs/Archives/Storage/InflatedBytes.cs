using System.IO.Compression;

namespace Marcotte.Vfs.Archives;

/// <summary>
/// A deflated entry of a zip archive. It is inflated from its start up to the block that is read; the blocks on the way go
/// into the cache, and so does the decoder onto the shelf, so that reading on goes on where it was.
/// </summary>
internal sealed class InflatedBytes(BlockCache cache, DecoderShelf shelf, ArchiveBytes raw, long offset, long compressed, long length)
    : CachedBytes(cache, length)
{
    private readonly Lock _lock = new();

    /// <summary>Begins to inflate.</summary>
    public static DeflateStream Decode(ArchiveBytes raw, long offset, long compressed) =>
        new(new RangeStream(raw, offset, compressed), CompressionMode.Decompress);

    protected override CachedBlock Load(int index)
    {
        lock (_lock)
        {
            if (Find(index) is { } found)
            {
                return found;
            }

            Decoder? decoder = shelf.Take(this);
            if (decoder is null || decoder.NextBlock > index)
            {
                decoder?.Stream.Dispose();
                decoder = new Decoder(Decode(raw, offset, compressed));
            }

            try
            {
                CachedBlock block = InflateLocked(decoder, index);
                shelf.Put(this, decoder);
                return block;
            }
            catch
            {
                decoder.Stream.Dispose();
                throw;
            }
        }
    }

    private CachedBlock InflateLocked(Decoder decoder, int index)
    {
        for (;;)
        {
            byte[] bytes = MakeBlock(decoder.NextBlock);
            decoder.Stream.ReadExactly(bytes);
            CachedBlock block = Keep(decoder.NextBlock, bytes);
            if (decoder.NextBlock++ < index)
            {
                continue;
            }

            if (decoder.NextBlock == BlockCount && decoder.Stream.ReadByte() >= 0)
            {
                block.Forget();
                throw new InvalidDataException("The entry inflates to more than it says.");
            }

            return block;
        }
    }
}

/// <summary>Inflates one entry, and has come so far.</summary>
internal sealed class Decoder(DeflateStream stream)
{
    public DeflateStream Stream => stream;

    public int NextBlock { get; set; }
}

/// <summary>Decoders that stand within an entry. A decoder holds tens of kilobytes, so there are a few for an archive.</summary>
internal sealed class DecoderShelf : IDisposable
{
    private const int Places = 16;

    private readonly Lock _lock = new();
    private readonly List<(InflatedBytes Entry, Decoder Decoder)> _decoders = [];
    private bool _isDisposed;

    public Decoder? Take(InflatedBytes entry)
    {
        lock (_lock)
        {
            int index = _decoders.FindIndex(place => ReferenceEquals(place.Entry, entry));
            if (index < 0)
            {
                return null;
            }

            Decoder decoder = _decoders[index].Decoder;
            _decoders.RemoveAt(index);
            return decoder;
        }
    }

    public void Put(InflatedBytes entry, Decoder decoder)
    {
        Decoder? oldest = null;
        lock (_lock)
        {
            if (_isDisposed || decoder.NextBlock >= entry.BlockCount)
            {
                oldest = decoder;
            }
            else
            {
                _decoders.Add((entry, decoder));
                if (_decoders.Count > Places)
                {
                    oldest = _decoders[0].Decoder;
                    _decoders.RemoveAt(0);
                }
            }
        }

        oldest?.Stream.Dispose();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _decoders.ForEach(static place => place.Decoder.Stream.Dispose());
            _decoders.Clear();
        }
    }
}
