using System.Runtime.CompilerServices;
using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>
/// What a tree hands out for an inode: its identity there, over a node that other trees may share. It is stale when the tree
/// was restored since.
/// </summary>
/// <remarks>
/// Of a directory, a link and a whiteout all changes need the tree's lock; of a file its latch. What is read without either
/// is single words, as stat(2) does not promise that its fields are of one moment.
/// </remarks>
internal abstract class MemoryInode : Inode
{
    private const ushort SetIds = 0xC00;
    private const ushort SetGroupId = 0x400;
    private const ushort GroupExecute = 0x8;
    private const ushort AllModeBits = 0xFFF;

    private Incarnation _incarnation;
    private MemoryNode _node;
    private long _accessTime;
    private bool _isForgotten;

    private protected MemoryInode(Incarnation incarnation, FileType type, ulong number, MemoryNode node)
        : this(incarnation, type, number) => Begin(node);

    /// <summary>Makes one whose node is made thereafter.</summary>
    private protected MemoryInode(Incarnation incarnation, FileType type, ulong number)
        : base(incarnation.Tree, type, number)
    {
        _incarnation = incarnation;
        _node = null!;
    }

    public MemoryFileSystem Tree => Unsafe.As<MemoryFileSystem>(FileSystem);

    /// <summary>Read before the node, so that the node of a restored tree never goes with what was before.</summary>
    public Incarnation Incarnation => Volatile.Read(ref _incarnation);

    public MemoryNode Node => Volatile.Read(ref _node);

    public bool IsStale => Incarnation.IsClosed;

    /// <summary>Whether its last name is gone.</summary>
    public bool IsForgotten => Volatile.Read(ref _isForgotten);

    /// <summary>
    /// When it was last read, which changes no node: reading does not unshare what is shared. It goes into the node with
    /// the next change.
    /// </summary>
    public long AccessTime => _accessTime;

    public override Errno Stat(out FileStat stat)
    {
        stat = default;
        if (IsStale)
        {
            return Errno.Stale;
        }

        MemoryNode node = Node;
        stat.Device = FileSystem.Device;
        stat.Inode = Number;
        stat.Type = Type;
        stat.Mode = node.Mode;
        stat.Links = (uint)node.Links;
        stat.UserId = node.UserId;
        stat.GroupId = node.GroupId;
        stat.AccessTime = _accessTime;
        stat.ModifyTime = Resolve(node.ModifyTime);
        stat.ChangeTime = Resolve(node.ChangeTime);
        return Errno.Success;
    }

    public override Errno SetTimes(in TimeUpdate times)
    {
        if (times.IsEmpty)
        {
            return IsStale ? Errno.Stale : Errno.Success;
        }

        long now = Tree.Clock.Now();
        MemoryNode? node = BeginChange();
        if (node is not null)
        {
            _accessTime = TimeUpdate.Apply(times.Access, _accessTime, now);
            node.AccessTime = _accessTime;
            node.ModifyTime = TimeUpdate.Apply(times.Modify, node.ModifyTime, now);
            node.ChangeTime = now;
        }

        EndChange();
        return node is null ? Errno.Stale : Errno.Success;
    }

    public override Errno SetMode(ushort mode)
    {
        long now = Tree.Clock.Now();
        MemoryNode? node = BeginChange();
        if (node is not null)
        {
            node.Mode = (ushort)(mode & AllModeBits);
            node.ChangeTime = now;
        }

        EndChange();
        return node is null ? Errno.Stale : Errno.Success;
    }

    /// <summary>Takes from a program whose rights it lends. Set-group-id without the group's execute bit never meant an identity.</summary>
    private protected static void Disown(MemoryNode node) =>
        node.Mode &= (ushort)~((node.Mode & GroupExecute) != 0 ? SetIds : SetIds & ~SetGroupId);

    /// <remarks>As Linux does for every caller, user 0 too: what is no directory loses its set-id bits (chown(2)).</remarks>
    public override Errno SetOwner(OwnerUpdate owner)
    {
        long now = Tree.Clock.Now();
        MemoryNode? node = BeginChange();
        if (node is not null)
        {
            node.UserId = OwnerUpdate.Apply(owner.UserId, node.UserId);
            node.GroupId = OwnerUpdate.Apply(owner.GroupId, node.GroupId);
            if (!IsDirectory)
            {
                Disown(node);
            }

            node.ChangeTime = now;
        }

        EndChange();
        return node is null ? Errno.Stale : Errno.Success;
    }

    /// <summary>What a time means that may be the tree's own.</summary>
    public long Resolve(long time) => time == FileClock.AsOldAsTree ? _incarnation.Born : time;

    /// <summary>It gets a name; it may be changed.</summary>
    public virtual void LinkLocked(long now)
    {
        MemoryNode node = Thaw()!;
        node.Links++;
        node.ChangeTime = now;
    }

    /// <summary>It loses a name; with the last one gone and nobody using it, what it holds is given back.</summary>
    public virtual void UnlinkLocked(long now)
    {
        MemoryNode node = Thaw()!;
        node.Links--;
        node.ChangeTime = now;
        _incarnation.RefundInode();
        if (node.Links == 0)
        {
            ForgetLocked();
        }
    }

    /// <summary>Something about it changed.</summary>
    public void TouchChange(long now)
    {
        MemoryNode? node = BeginChangeLocked();
        if (node is not null)
        {
            node.ChangeTime = now;
        }

        EndChangeLocked();
    }

    protected void Begin(MemoryNode node)
    {
        _node = node;
        _accessTime = Resolve(node.AccessTime);
    }

    /// <summary>Becomes the same inode of a restored tree: only for the root, to which mounts keep their reference.</summary>
    protected void RebindLocked(MemoryNode node, Incarnation incarnation)
    {
        Volatile.Write(ref _node, node);
        Volatile.Write(ref _incarnation, incarnation);
        _accessTime = Resolve(node.AccessTime);
    }

    /// <summary>Gets hold of what guards the node.</summary>
    /// <returns>The node, to be changed until <see cref="EndChange"/>; null when this is stale.</returns>
    protected virtual MemoryNode? BeginChange()
    {
        Tree.TreeLock.Enter();
        return Thaw();
    }

    protected virtual void EndChange() => Tree.TreeLock.Exit();

    /// <summary>As <see cref="BeginChange"/>, with the tree's lock held already.</summary>
    protected virtual MemoryNode? BeginChangeLocked() => Thaw();

    protected virtual void EndChangeLocked()
    {
    }

    /// <summary>The node, to be changed: it is copied first where it is frozen. What guards it is held.</summary>
    /// <returns>Null when this is stale.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected MemoryNode? Thaw()
    {
        MemoryNode node = Node;
        return ReferenceEquals(node.Owner, Tree.Generation) ? node : ThawFrozen(node);
    }

    protected virtual void ForgetLocked()
    {
        Volatile.Write(ref _isForgotten, true);
        Tree.Generation.ForgetLocked(Number);
    }

    /// <summary>
    /// It was read. As on Linux by default (relatime), the time moves only when it is not after the last change; so a file
    /// that is read over and over asks for the time once.
    /// </summary>
    protected void TouchAccess()
    {
        MemoryNode node = Node;
        long time = _accessTime;
        if (time <= Resolve(node.ModifyTime) || time <= Resolve(node.ChangeTime))
        {
            _accessTime = Tree.Clock.Now();
        }
    }

    private MemoryNode? ThawFrozen(MemoryNode node)
    {
        SpinWait spin = default;
        for (;;)
        {
            Generation generation = Tree.Generation;
            if (!ReferenceEquals(generation.Incarnation, _incarnation))
            {
                return null;
            }

            // No snapshot finds by name what has none.
            MemoryNode copy = node.Copy(generation, this);
            if (_isForgotten || generation.TryPublish(Number, copy))
            {
                Volatile.Write(ref _node, copy);
                return copy;
            }

            // A snapshot has ended the generation and is about to begin the next.
            spin.SpinOnce();
        }
    }
}
