using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>A regular file of a memory tree. It lives while it has a name or is open; one latch makes each operation one step.</summary>
internal sealed class MemoryFile : MemoryInode
{
    /// <summary>The state of an opening that leaves the time of access alone.</summary>
    private static readonly object KeepAccessTime = new();

    private readonly FileOperations _operations;
    private FileContent _content;
    private Latch _latch;
    private int _opens;
    private bool _isGone;

    public MemoryFile(MemoryFileSystem tree, ulong number, in Creation creation)
        : base(tree, FileType.Regular, number, creation)
    {
        _content = new FileContent(tree);
        _operations = new MemoryFileOperations(this);
    }

    public override Errno Stat(out FileStat stat)
    {
        Errno errno = base.Stat(out stat);
        stat.Size = _content.Size;
        stat.Blocks = (_content.Charged + 511) / 512;
        return errno;
    }

    public override Errno Open(in InodeOpen request, out OpenFile? file)
    {
        file = null;
        bool cut = false;
        _latch.Enter();
        if (_isGone)
        {
            _latch.Exit();
            return Errno.NoEnt;
        }

        _opens++;
        if (request.Truncate)
        {
            cut = true;
            _content.SetSize(0);
        }

        _latch.Exit();
        if (cut)
        {
            TouchContent();
        }

        file = new OpenFile(_operations, request.Access, request.Status);
        if (request.KeepAccessTime)
        {
            file.State = KeepAccessTime;
        }

        return Errno.Success;
    }

    public override void UnlinkLocked()
    {
        Links--;
        TouchChange();
        if (Links > 0)
        {
            // The last name's inode is given back when the file goes.
            Tree.RefundInode();
            return;
        }

        _latch.Enter();
        if (_opens == 0)
        {
            GoLatched();
        }

        _latch.Exit();
    }

    public void Close()
    {
        _latch.Enter();
        if (--_opens == 0 && Links == 0)
        {
            GoLatched();
        }

        _latch.Exit();
    }

    public Errno Read(OpenFile file, Span<byte> buffer, long offset, out int count)
    {
        _latch.Enter();
        count = _content.Read(buffer, offset);
        _latch.Exit();
        if (!ReferenceEquals(file.State, KeepAccessTime))
        {
            TouchAccess();
        }

        return Errno.Success;
    }

    public Errno Write(ReadOnlySpan<byte> buffer, long offset, out int count)
    {
        Errno errno;
        count = 0;
        _latch.Enter();
        try
        {
            errno = _isGone ? Errno.BadF : _content.Write(buffer, offset, out count);
        }
        finally
        {
            _latch.Exit();
        }

        if (count > 0)
        {
            TouchContent();
        }

        return errno;
    }

    public Errno Append(ReadOnlySpan<byte> buffer, out long end, out int count)
    {
        Errno errno;
        count = 0;
        _latch.Enter();
        try
        {
            errno = _isGone ? Errno.BadF : _content.Write(buffer, _content.Size, out count);
            end = _content.Size;
        }
        finally
        {
            _latch.Exit();
        }

        if (count > 0)
        {
            TouchContent();
        }

        return errno;
    }

    public Errno SetSize(long size)
    {
        _latch.Enter();
        Errno errno = _isGone ? Errno.BadF : _content.SetSize(size);
        _latch.Exit();
        if (errno == Errno.Success)
        {
            TouchContent();
        }

        return errno;
    }

    public Errno Allocate(long offset, long length)
    {
        Errno errno;
        _latch.Enter();
        try
        {
            errno = _isGone ? Errno.BadF : _content.Allocate(offset, length);
        }
        finally
        {
            _latch.Exit();
        }

        if (errno == Errno.Success)
        {
            TouchContent();
        }

        return errno;
    }

    public Errno Seek(long offset, Whence whence, out long position)
    {
        position = 0;
        if (whence == Whence.End)
        {
            long size = _content.Size;
            if (offset > long.MaxValue - size)
            {
                return Errno.Overflow;
            }

            position = size + offset;
            return Errno.Success;
        }

        _latch.Enter();
        Errno errno = _content.Find(whence == Whence.Data, offset, out position);
        _latch.Exit();
        return errno;
    }

    /// <summary>
    /// Nobody can reach it any more, but for a call that began before the last opening was closed: that finds nothing here,
    /// and leaves nothing.
    /// </summary>
    private void GoLatched()
    {
        if (!_isGone)
        {
            _isGone = true;
            _content.Clear();
            Tree.RefundInode();
        }
    }
}
