using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>An open file as a <see cref="Stream"/>: what .NET's FileStream does on Unix, but that it keeps nothing back.</summary>
internal sealed class TreeStream : Stream
{
    private readonly Tree _tree;
    private readonly OpenFile _file;
    private readonly string _path;
    private readonly FileAccess _access;
    private readonly FileOptions _options;
    private readonly (ulong Device, ulong Inode)? _share;
    private readonly bool _isSeekable;

    /// <summary>Where the file ended when it was opened to append; what is before cannot be written. -1 without.</summary>
    private readonly long _appendStart = -1;

    private long _position;
    private int _isClosed;
    private int _readTimeout = HostWait.DefaultMilliseconds;
    private int _writeTimeout = HostWait.DefaultMilliseconds;

    internal TreeStream(Tree tree, OpenFile file, string path, in StreamRequest request, (ulong Device, ulong Inode)? share)
    {
        _tree = tree;
        _file = file;
        _path = path;
        _access = request.Access;
        _options = request.Options;
        _share = share;
        _isSeekable = file.Operations.IsSeekable;
        if (request.Mode == FileMode.Append && _isSeekable)
        {
            _appendStart = _position = FileLength();
        }
    }

    public override bool CanRead => !IsClosed && (_access & FileAccess.Read) != 0;

    public override bool CanWrite => !IsClosed && (_access & FileAccess.Write) != 0;

    public override bool CanSeek => !IsClosed && _isSeekable;

    public override bool CanTimeout => !_isSeekable;

    public override int ReadTimeout
    {
        get => CanTimeout ? _readTimeout : base.ReadTimeout;
        set => _readTimeout = CheckTimeout(value);
    }

    public override int WriteTimeout
    {
        get => CanTimeout ? _writeTimeout : base.WriteTimeout;
        set => _writeTimeout = CheckTimeout(value);
    }

    public override long Length
    {
        get
        {
            ThrowIfClosed();
            ThrowUnlessSeekable();
            return FileLength();
        }
    }

    public override long Position
    {
        get
        {
            ThrowIfClosed();
            ThrowUnlessSeekable();
            return _position;
        }

        set
        {
            if (value < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(value), "Non-negative number required.");
            }

            Seek(value, SeekOrigin.Begin);
        }
    }

    private bool IsClosed => Volatile.Read(ref _isClosed) != 0;

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override int Read(Span<byte> buffer)
    {
        CheckRead();
        return Read(buffer, _readTimeout, CancellationToken.None);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        CheckRead();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<int>(cancellationToken);
        }

        return _isSeekable
            ? Completed.Value(() => Read(buffer.Span, 0, cancellationToken))
            : new ValueTask<int>(Task.Factory.StartNew(
                () => Read(buffer.Span, Timeout.Infinite, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        CheckWrite();
        Write(buffer, _writeTimeout, CancellationToken.None);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        CheckWrite();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        return new ValueTask(_isSeekable
            ? Completed.Task(() => Write(buffer.Span, 0, cancellationToken), cancellationToken)
            : Task.Factory.StartNew(
                () => Write(buffer.Span, Timeout.Infinite, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        if (origin is < SeekOrigin.Begin or > SeekOrigin.End)
        {
            throw new ArgumentException("Invalid seek origin.", nameof(origin));
        }

        ThrowIfClosed();
        ThrowUnlessSeekable();
        long position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => unchecked(_position + offset),
            _ => unchecked(FileLength() + offset),
        };
        if (position < 0)
        {
            throw TreeErrors.Of(Errno.Inval, _path);
        }

        if (position < _appendStart)
        {
            throw new IOException("Unable seek backward to overwrite data that previously existed in a file opened in Append mode.");
        }

        return _position = position;
    }

    public override void SetLength(long value)
    {
        if (value < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(value), "Non-negative number required.");
        }

        ThrowIfClosed();
        ThrowUnlessSeekable();
        CheckWrite();
        if (value < _appendStart)
        {
            throw new IOException("Unable to truncate data that previously existed in a file opened in Append mode.");
        }

        Enter();
        TreeErrors.Check(_file.SetSize(value), _path);
        _position = Math.Min(_position, value);
    }

    public override void Flush() => ThrowIfClosed();

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        return cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Brings what was written to the medium; what has none is none the worse.</summary>
    internal void Sync()
    {
        ThrowIfClosed();
        Enter();
        Errno errno = _file.Operations.Sync(_file, dataOnly: false);
        if (errno is not (Errno.Inval or Errno.RoFs))
        {
            TreeErrors.Check(errno, _path);
        }
    }

    /// <summary>The open file; this stream keeps its reference.</summary>
    internal OpenFile File => _file;

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            // Windows removes the file before others may open it again, and so does .NET on Unix.
            if ((_options & FileOptions.DeleteOnClose) != 0 && !_tree.IsClosed)
            {
                _tree.Unlink(_path);
            }

            if (_share is { } share)
            {
                _tree.Shares.Leave(share);
            }

            _file.Release();
        }

        base.Dispose(disposing);
    }

    private int Read(Span<byte> buffer, int timeout, CancellationToken cancellationToken)
    {
        Enter();
        int count;
        Errno errno;
        while ((errno = _isSeekable ? _file.ReadAt(buffer, _position, out count) : _file.Read(buffer, out count)) == Errno.Again)
        {
            TreeErrors.Check(HostWait.For(_tree.Process, _file, Readiness.In, timeout, cancellationToken), _path);
        }

        TreeErrors.Check(errno, _path);
        _position += count;
        return count;
    }

    private void Write(ReadOnlySpan<byte> buffer, int timeout, CancellationToken cancellationToken)
    {
        Enter();
        while (!buffer.IsEmpty)
        {
            Errno errno = _isSeekable ? _file.WriteAt(buffer, _position, out int count) : _file.Write(buffer, out count);
            if (errno == Errno.Again)
            {
                errno = HostWait.For(_tree.Process, _file, Readiness.Out, timeout, cancellationToken);
            }
            else if (errno == Errno.Success && count == 0)
            {
                errno = Errno.NoSpc;
            }

            _position += count;
            buffer = buffer[count..];
            TreeErrors.Check(errno, _path);
        }
    }

    private long FileLength()
    {
        Enter();
        TreeErrors.Check(_file.Operations.Stat(_file, out FileStat stat), _path);
        return stat.Size;
    }

    // A box that is gone has taken its files along.
    private void Enter() => _tree.ThrowIfClosed();

    private int CheckTimeout(int value)
    {
        if (!CanTimeout)
        {
            throw new InvalidOperationException("Timeouts are not supported on this stream.");
        }

        return value is > 0 or Timeout.Infinite ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A timeout is above zero, or Timeout.Infinite.");
    }

    private void CheckRead()
    {
        ThrowIfClosed();
        if (!CanRead)
        {
            throw new NotSupportedException("Stream does not support reading.");
        }
    }

    private void CheckWrite()
    {
        ThrowIfClosed();
        if (!CanWrite)
        {
            throw new NotSupportedException("Stream does not support writing.");
        }
    }

    private void ThrowUnlessSeekable()
    {
        if (!_isSeekable)
        {
            throw new NotSupportedException("Stream does not support seeking.");
        }
    }

    private void ThrowIfClosed()
    {
        if (IsClosed)
        {
            throw new ObjectDisposedException(null, "Cannot access a closed file.");
        }
    }
}
