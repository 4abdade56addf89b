using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>What every inode of a memory tree has: owner, mode, names, times.</summary>
/// <remarks>
/// <see cref="Links"/> changes under the tree's lock; the rest is written in single words and read without a lock, as
/// stat(2) does not promise that its fields are of one moment.
/// </remarks>
internal abstract class MemoryInode : Inode
{
    private protected MemoryInode(MemoryFileSystem tree, FileType type, ulong number, in Creation creation)
        : base(tree, type, number)
    {
        Tree = tree;
        Mode = creation.Mode;
        UserId = creation.UserId;
        GroupId = creation.GroupId;
        AccessTime = ModifyTime = ChangeTime = tree.Clock.Now();
    }

    public MemoryFileSystem Tree { get; }

    public ushort Mode { get; private set; }

    public uint UserId { get; private set; }

    public uint GroupId { get; private set; }

    /// <summary>How many names it has.</summary>
    public int Links { get; protected set; }

    protected long AccessTime { get; private set; }

    protected long ModifyTime { get; private set; }

    protected long ChangeTime { get; private set; }

    public override Errno Stat(out FileStat stat)
    {
        stat = default;
        stat.Device = Tree.Device;
        stat.Inode = Number;
        stat.Type = Type;
        stat.Mode = Mode;
        stat.Links = (uint)Links;
        stat.UserId = UserId;
        stat.GroupId = GroupId;
        stat.AccessTime = AccessTime;
        stat.ModifyTime = ModifyTime;
        stat.ChangeTime = ChangeTime;
        return Errno.Success;
    }

    public override Errno SetTimes(in TimeUpdate times)
    {
        if (!times.IsEmpty)
        {
            long now = Tree.Clock.Now();
            AccessTime = TimeUpdate.Apply(times.Access, AccessTime, now);
            ModifyTime = TimeUpdate.Apply(times.Modify, ModifyTime, now);
            ChangeTime = now;
        }

        return Errno.Success;
    }

    public override Errno SetMode(ushort mode)
    {
        Mode = mode;
        TouchChange();
        return Errno.Success;
    }

    public override Errno SetOwner(OwnerUpdate owner)
    {
        UserId = OwnerUpdate.Apply(owner.UserId, UserId);
        GroupId = OwnerUpdate.Apply(owner.GroupId, GroupId);
        TouchChange();
        return Errno.Success;
    }

    /// <summary>It gets a name.</summary>
    public virtual void LinkLocked() => Links++;

    /// <summary>It loses a name; with the last one gone and nobody using it, what it holds is given back.</summary>
    public abstract void UnlinkLocked();

    /// <summary>Its content changed.</summary>
    public void TouchContent() => ModifyTime = ChangeTime = Tree.Clock.Now();

    /// <summary>Something about it changed.</summary>
    public void TouchChange() => ChangeTime = Tree.Clock.Now();

    /// <summary>
    /// It was read. As on Linux by default (relatime), the time moves only when it is not after the last change; so a file
    /// that is read over and over asks for the time once.
    /// </summary>
    protected void TouchAccess()
    {
        if (AccessTime <= ModifyTime || AccessTime <= ChangeTime)
        {
            AccessTime = Tree.Clock.Now();
        }
    }
}
