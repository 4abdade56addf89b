using Microsoft.Win32.SafeHandles;

namespace Marcotte.Vfs.Archives;

/// <summary>
/// Takes in a stream that can be read once and gives it back as bytes: in memory up to a bound, beyond it in a file of the
/// host's that has no name.
/// </summary>
internal sealed class Spool(ArchiveOptions options) : IDisposable
{
    private readonly List<byte[]> _segments = [];
    private byte[] _segment = new byte[SegmentedBytes.SegmentLength];
    private SafeFileHandle? _file;
    private int _used;
    private long _length;

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> Room => _segment.AsMemory(_used);

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="InvalidDataException">There is more than there may be, or it cannot be decoded.</exception>
    public static ArchiveBytes Fill(Stream stream, ArchiveOptions options, CancellationToken cancellation)
    {
        using Spool spool = new(options);
        while (stream.Read(spool.Room.Span) is > 0 and var count)
        {
            cancellation.ThrowIfCancellationRequested();
            spool.Advance(count);
        }

        return spool.Complete();
    }

    /// <inheritdoc cref="Fill"/>
    public static async Task<ArchiveBytes> FillAsync(Stream stream, ArchiveOptions options, CancellationToken cancellation)
    {
        using Spool spool = new(options);
        while (await stream.ReadAsync(spool.Room, cancellation).ConfigureAwait(false) is > 0 and var count)
        {
            spool.Advance(count);
        }

        return spool.Complete();
    }

    /// <summary>Says how much of the room was filled.</summary>
    public void Advance(int count)
    {
        if (count > options.MaxInflatedBytes - _length - _used)
        {
            throw new InvalidDataException(
                $"it comes to more than {options.MaxInflatedBytes} bytes; raise ArchiveOptions.MaxInflatedBytes if that is what it should be.");
        }

        _used += count;
        if (_used == _segment.Length)
        {
            Flush();
        }
    }

    /// <summary>Gives the bytes back; they are the caller's to dispose.</summary>
    public ArchiveBytes Complete()
    {
        Flush();
        if (_file is null)
        {
            return new SegmentedBytes([.. _segments], _length);
        }

        FileBytes bytes = new(_file);
        _file = null;
        return bytes;
    }

    public void Dispose() => _file?.Dispose();

    private void Flush()
    {
        if (_file is null && _length + _used > options.MaxMemoryBytes)
        {
            MoveToFile();
        }

        if (_file is not null)
        {
            RandomAccess.Write(_file, _segment.AsSpan(0, _used), _length);
        }
        else if (_used == _segment.Length)
        {
            _segments.Add(_segment);
            _segment = new byte[SegmentedBytes.SegmentLength];
        }
        else if (_used > 0)
        {
            _segments.Add(_segment[.._used]);
        }

        _length += _used;
        _used = 0;
    }

    private void MoveToFile()
    {
        _file = MakeFile(options.TemporaryDirectory);
        long offset = 0;
        foreach (byte[] segment in _segments)
        {
            RandomAccess.Write(_file, segment, offset);
            offset += segment.Length;
        }

        _segments.Clear();
    }

#pragma warning disable RS0030 // The host's own file, of which a guest sees the bytes alone
    private static SafeFileHandle MakeFile(string? directory)
    {
        string path = Path.Combine(directory ?? Path.GetTempPath(), "marcotte-" + Guid.NewGuid().ToString("N"));
        FileStreamOptions how = new() { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, BufferSize = 0 };
        if (OperatingSystem.IsWindows())
        {
            // The name cannot be taken from an open file; it goes when the file is closed.
            how.Options = FileOptions.DeleteOnClose;
        }
        else
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        SafeFileHandle file = new FileStream(path, how).SafeFileHandle;
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }

        return file;
    }
#pragma warning restore RS0030
}
