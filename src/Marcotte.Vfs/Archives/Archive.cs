using ZstdSharp;

namespace Marcotte.Vfs.Archives;

/// <summary>
/// An archive that was opened: its index, and the bytes that its files are ranges of. It is shared by all boxes, and goes with
/// the last of those that hold it.
/// </summary>
internal sealed class Archive
{
    private readonly ArchiveBytes _bytes;
    private readonly DecoderShelf _shelf;
    private int _references = 1;

    private Archive(ArchiveBytes bytes, ArchiveIndex index, BlockCache cache, DecoderShelf shelf)
    {
        _bytes = bytes;
        _shelf = shelf;
        Index = index;
        Cache = cache;
    }

    public ArchiveIndex Index { get; }

    public BlockCache Cache { get; }

    /// <summary>Reads what is in an archive.</summary>
    /// <param name="raw">The archive as it came; given up in any case.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The archive, with a reference for the caller.</returns>
    /// <exception cref="InvalidDataException">It is none, it makes no sense, or it passes a bound.</exception>
    public static Archive Open(ArchiveBytes raw, ArchiveOptions options, CancellationToken cancellation)
    {
        BlockCache cache = new(options.CacheBytes);
        DecoderShelf shelf = new();
        try
        {
            byte[] start = Start(raw);
            if (Decoder(start, raw) is { } decoder)
            {
                ArchiveBytes packed = raw;
                raw = Inflate(decoder, options, cancellation);
                packed.Dispose();
                start = Start(raw);
                if (!TarScanner.Recognizes(start))
                {
                    throw new InvalidDataException("what is compressed in it is no tar.");
                }
            }

            ArchiveBytes content = raw is FileBytes file ? new CachedFileBytes(cache, file) : raw;
            ArchiveBuilder builder = new(options);
            if (ZipDirectory.Recognizes(start))
            {
                new ZipScanner(raw, content, builder, options, cache, shelf).Scan(cancellation);
            }
            else if (TarScanner.Recognizes(start))
            {
                new TarScanner(raw, content, builder, cancellation).Scan();
            }
            else
            {
                throw new InvalidDataException("it is neither a tar, plain or compressed by gzip or zstd, nor a zip archive, or its first header is damaged.");
            }

            return new Archive(content, builder.Build(), cache, shelf);
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    }

    public Archive Acquire()
    {
        Interlocked.Increment(ref _references);
        return this;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            _shelf.Dispose();
            _bytes.Dispose();
        }
    }

    private static byte[] Start(ArchiveBytes raw)
    {
        byte[] start = new byte[(int)Math.Min(TarHeader.Length, raw.Length)];
        raw.Read(start, 0);
        return start;
    }

    /// <summary>What inflates the bytes; null when they are not compressed as a whole.</summary>
    private static Stream? Decoder(ReadOnlySpan<byte> start, ArchiveBytes raw)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return new WholeGZipStream(raw);
        }

        // A frame, or one to be skipped, which may come first (RFC 8878, 3.1).
        return start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) ||
            (start.Length >= 4 && (start[0] & 0xF0) == 0x50 && start[1..].StartsWith((ReadOnlySpan<byte>)[0x2A, 0x4D, 0x18]))
            ? new DecompressionStream(new RangeStream(raw, 0, raw.Length), leaveOpen: false)
            : null;
    }

    private static ArchiveBytes Inflate(Stream decoder, ArchiveOptions options, CancellationToken cancellation)
    {
        using (decoder)
        {
            try
            {
                return Spool.Fill(decoder, options, cancellation);
            }
            catch (Exception e) when (e is ZstdException or EndOfStreamException)
            {
                throw new InvalidDataException("it cannot be inflated: " + e.Message, e);
            }
        }
    }
}
