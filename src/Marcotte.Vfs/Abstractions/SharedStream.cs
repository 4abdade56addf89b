using Marcotte.Core;

namespace Marcotte.Vfs.Abstractions;

/// <summary>
/// A stream that all open files of one file share, so that each sees at once what another wrote; positions are theirs,
/// and the stream's own is set for each access under a lock.
/// </summary>
/// <remarks>What is written reaches the <c>IFileSystem</c> when a file is synced or cut, or the last one is closed.</remarks>
/// <param name="stream">The stream; closed with the last open file.</param>
/// <param name="sizeLimit">The most bytes it may come to have.</param>
internal sealed class SharedStream(Stream stream, long sizeLimit)
{
    private readonly Lock _lock = new();
    private Stream _stream = stream;
    private int _references;
    private bool _isDirty;

    /// <summary>Whether it can be written to.</summary>
    internal bool CanWrite { get; } = stream.CanWrite;

    /// <summary>Its length in bytes.</summary>
    internal long? Length
    {
        get
        {
            lock (_lock)
            {
                return _stream.CanRead || _stream.CanWrite ? _stream.Length : null;
            }
        }
    }

    /// <summary>One more open file uses it. Under the gate.</summary>
    internal SharedStream Acquire()
    {
        _references++;
        return this;
    }

    /// <summary>An open file uses it no more; with the last one it is closed. Under the gate.</summary>
    /// <returns>Whether it is closed now.</returns>
    internal bool Release()
    {
        if (--_references > 0)
        {
            return false;
        }

        lock (_lock)
        {
            Try(static (stream, _) => stream.Dispose(), 0);
        }

        return true;
    }

    internal Errno Read(Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        lock (_lock)
        {
            try
            {
                if (offset >= _stream.Length)
                {
                    return Errno.Success;
                }

                _stream.Position = offset;
                count = _stream.Read(buffer);
                return Errno.Success;
            }
            catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno errno))
            {
                return errno;
            }
        }
    }

    /// <summary>Writes at an offset, or at the end for a negative one.</summary>
    internal Errno Write(ReadOnlySpan<byte> buffer, long offset, bool sync, out long end)
    {
        end = 0;
        lock (_lock)
        {
            try
            {
                long length = _stream.Length;
                long start = offset < 0 ? length : offset;
                if (start > sizeLimit - buffer.Length)
                {
                    return Errno.FBig;
                }

                if (start > length)
                {
                    // Not every stream fills what lies between with zeroes.
                    _stream.SetLength(start);
                }

                _isDirty = true;
                _stream.Position = start;
                _stream.Write(buffer);
                end = start + buffer.Length;
                if (sync)
                {
                    FlushLocked();
                }

                return Errno.Success;
            }
            catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno errno))
            {
                return errno;
            }
        }
    }

    internal Errno SetLength(long length)
    {
        if (length > sizeLimit)
        {
            return Errno.FBig;
        }

        lock (_lock)
        {
            return Try(
                static (stream, size) =>
                {
                    stream.SetLength(size);
                    stream.Flush();
                },
                length);
        }
    }

    /// <summary>Makes it at least so long.</summary>
    internal Errno Extend(long length)
    {
        if (length > sizeLimit)
        {
            return Errno.FBig;
        }

        lock (_lock)
        {
            return _stream.Length >= length ? Errno.Success : Try(static (stream, size) => stream.SetLength(size), length);
        }
    }

    internal Errno Sync()
    {
        lock (_lock)
        {
            return _isDirty ? Try((_, _) => FlushLocked(), 0) : Errno.Success;
        }
    }

    /// <summary>
    /// Closes the stream before its file moves or goes, for it may know the file by its path alone. Who reads and writes
    /// meanwhile waits until <see cref="Resume"/>, which must follow.
    /// </summary>
    internal void Suspend()
    {
        _lock.Enter();
        Try((stream, _) =>
        {
            FlushLocked();
            stream.Dispose();
        }, 0);
    }

    /// <summary>The content, before <see cref="Suspend"/>, so that it lives on without a file.</summary>
    internal MemoryStream Copy()
    {
        lock (_lock)
        {
            MemoryStream copy = new();
            _stream.Position = 0;
            _stream.CopyTo(copy);
            return copy;
        }
    }

    /// <summary>Goes on with another stream of the same content.</summary>
    internal void Resume(Stream stream)
    {
        _stream = stream;
        _lock.Exit();
    }

    private void FlushLocked()
    {
        _stream.Flush();
        (_stream as System.IO.Abstractions.FileSystemStream)?.Flush(true);
        _isDirty = false;
    }

    private Errno Try(Action<Stream, long> operation, long argument)
    {
        try
        {
            operation(_stream, argument);
            return Errno.Success;
        }
        catch (ArgumentException)
        {
            // A length beyond what the stream can have.
            return Errno.FBig;
        }
        catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno errno))
        {
            return errno;
        }
    }
}
