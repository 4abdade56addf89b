using System.Runtime.CompilerServices;
using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>A regular file of a memory tree. It lives while it has a name or is open; one latch makes each operation one step.</summary>
internal sealed partial class MemoryFile : MemoryInode
{
    /// <summary>The state of an opening that leaves the time of access alone.</summary>
    private static readonly object KeepAccessTime = new();

    private MemoryFileOperations? _operations;
    private Latch _latch;
    private int _opens;
    private bool _isGone;

    /// <summary>Makes a new file.</summary>
    public MemoryFile(Generation owner, ulong number, in Creation creation, long now)
        : base(owner.Incarnation, FileType.Regular, number) => Begin(new FileNode(owner, this, creation, now));

    /// <summary>Makes the handle of one that came with a snapshot.</summary>
    public MemoryFile(Incarnation incarnation, ulong number, FileNode node)
        : base(incarnation, FileType.Regular, number) => Begin(node);

    private FileNode File => Unsafe.As<FileNode>(Node);

    private MemoryFileOperations Operations => _operations ??= new MemoryFileOperations(this);

    public override Errno Stat(out FileStat stat)
    {
        Errno errno = base.Stat(out stat);
        if (errno == Errno.Success)
        {
            FileNode node = File;
            stat.Links = _isGone ? 0 : stat.Links;
            stat.Size = node.Content.Size;
            stat.Blocks = (node.Content.Allocated + 511) / 512;
        }

        return errno;
    }

    public override Errno Open(in InodeOpen request, out OpenFile? file)
    {
        file = null;
        long now = request.Truncate ? Tree.Clock.Now() : 0;
        _latch.Enter();
        Errno errno = IsStale ? Errno.Stale : _isGone ? Errno.NoEnt : Errno.Success;
        if (errno == Errno.Success && request.Truncate)
        {
            errno = SetSizeLatched(0, now);
        }

        _opens += errno == Errno.Success ? 1 : 0;
        _latch.Exit();
        if (errno != Errno.Success)
        {
            return errno;
        }

        file = new OpenFile(Operations, request.Access, request.Status);
        if (request.KeepAccessTime)
        {
            file.State = KeepAccessTime;
        }

        return Errno.Success;
    }

    public override void LinkLocked(long now)
    {
        _latch.Enter();
        base.LinkLocked(now);
        _latch.Exit();
    }

    public override void UnlinkLocked(long now)
    {
        _latch.Enter();
        if (File.Links > 1)
        {
            MemoryNode node = Thaw()!;
            node.Links--;
            node.ChangeTime = now;

            // The last name's inode is given back when the file goes.
            Incarnation.RefundInode();
        }
        else
        {
            ForgetLocked();
            Incarnation.AddContent(-File.Content.Allocated);
            if (_opens == 0)
            {
                GoLatched();
            }
            else
            {
                MemoryNode node = Thaw()!;
                node.Links = 0;
                node.ChangeTime = now;
            }
        }

        _latch.Exit();
    }

    public void Close()
    {
        _latch.Enter();
        if (--_opens == 0 && IsForgotten)
        {
            GoLatched();
        }

        _latch.Exit();
    }

    /// <summary>Waits for a write to end that began before the node was frozen.</summary>
    public void Settle()
    {
        _latch.Enter();
        _latch.Exit();
    }

    public Errno Read(OpenFile file, Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        if (IsStale)
        {
            return Errno.Stale;
        }

        _latch.Enter();
        count = _isGone ? 0 : File.Content.Read(buffer, offset);
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
        long now = Tree.Clock.Now();
        _latch.Enter();
        try
        {
            errno = BeginWrite(out FileNode? node);
            if (node is not null)
            {
                errno = WriteLatched(node, buffer, offset, now, out count);
            }
        }
        finally
        {
            _latch.Exit();
        }

        return errno;
    }

    public Errno Append(ReadOnlySpan<byte> buffer, out long end, out int count)
    {
        Errno errno;
        count = 0;
        end = 0;
        long now = Tree.Clock.Now();
        _latch.Enter();
        try
        {
            errno = BeginWrite(out FileNode? node);
            if (node is not null)
            {
                errno = WriteLatched(node, buffer, node.Content.Size, now, out count);
                end = node.Content.Size;
            }
        }
        finally
        {
            _latch.Exit();
        }

        return errno;
    }

    public Errno SetSize(long size)
    {
        long now = Tree.Clock.Now();
        _latch.Enter();
        try
        {
            return _isGone ? Errno.BadF : SetSizeLatched(size, now);
        }
        finally
        {
            _latch.Exit();
        }
    }

    public Errno Seek(long offset, Whence whence, out long position)
    {
        position = 0;
        if (IsStale)
        {
            return Errno.Stale;
        }

        if (whence == Whence.End)
        {
            long size = File.Content.Size;
            if (offset > long.MaxValue - size)
            {
                return Errno.Overflow;
            }

            position = size + offset;
            return Errno.Success;
        }

        _latch.Enter();
        Errno errno = File.Content.Find(whence == Whence.Data, offset, out position);
        _latch.Exit();
        return errno;
    }

    protected override MemoryNode? BeginChange()
    {
        _latch.Enter();
        return IsStale ? null : Thaw();
    }

    protected override void EndChange() => _latch.Exit();

    protected override MemoryNode? BeginChangeLocked() => BeginChange();

    protected override void EndChangeLocked() => EndChange();

    /// <remarks>A program that was changed is not what its owner lent its rights to (write(2)); user 0, whom Linux trusts, sets the bits again.</remarks>
    private static void Touch(MemoryNode node, long now)
    {
        node.ModifyTime = node.ChangeTime = now;
        Disown(node);
    }

    private Errno WriteLatched(FileNode node, ReadOnlySpan<byte> buffer, long offset, long now, out int count)
    {
        long before = node.Content.Allocated;
        Errno errno = node.Content.Write(buffer, offset, out count);
        Account(node, before);
        if (count > 0)
        {
            Touch(node, now);
        }

        return errno;
    }

    private Errno SetSizeLatched(long size, long now)
    {
        if (Thaw() is not FileNode node)
        {
            return Errno.Stale;
        }

        long before = node.Content.Allocated;
        Errno errno = node.Content.SetSize(size);
        Account(node, before);
        if (errno == Errno.Success)
        {
            Touch(node, now);
        }

        return errno;
    }

    /// <summary>Has the node to write to.</summary>
    /// <returns>Success exactly when there is one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Errno BeginWrite(out FileNode? node)
    {
        node = _isGone ? null : Unsafe.As<FileNode?>(Thaw());
        return node is not null ? Errno.Success : _isGone ? Errno.BadF : Errno.Stale;
    }

    /// <summary>Counts what came or went, while the file has a name.</summary>
    private void Account(FileNode node, long before)
    {
        long change = node.Content.Allocated - before;
        if (change != 0 && !IsForgotten)
        {
            Incarnation.AddContent(change);
        }
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
            FileNode node = File;
            if (ReferenceEquals(node.Owner, Tree.Generation))
            {
                node.Links = 0;
                node.Content.Clear();
            }
            else
            {
                Incarnation.RefundBytes(node.Content.ChargedTo(Incarnation));
            }

            Incarnation.RefundInode();
        }
    }
}
