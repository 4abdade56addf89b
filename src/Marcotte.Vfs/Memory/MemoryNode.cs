using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>
/// The state of an inode, which trees of one snapshot share until they change it: the generation that owns it changes it
/// in place, every other one copies it first.
/// </summary>
internal abstract class MemoryNode
{
    protected MemoryNode(Generation owner, in Creation creation, long time)
    {
        Owner = owner;
        Mode = creation.Mode;
        UserId = creation.UserId;
        GroupId = creation.GroupId;
        AccessTime = ModifyTime = ChangeTime = time;
    }

    protected MemoryNode(MemoryNode original, Generation owner, MemoryInode handle)
    {
        Owner = owner;
        Mode = original.Mode;
        UserId = original.UserId;
        GroupId = original.GroupId;
        Links = original.Links;
        AccessTime = handle.AccessTime;
        ModifyTime = handle.Resolve(original.ModifyTime);
        ChangeTime = handle.Resolve(original.ChangeTime);
    }

    public Generation Owner { get; }

    public ushort Mode { get; set; }

    public uint UserId { get; set; }

    public uint GroupId { get; set; }

    /// <summary>How many names it has.</summary>
    public int Links { get; set; }

    /// <summary>The handle's, as it was when the node last changed.</summary>
    public long AccessTime { get; set; }

    public long ModifyTime { get; set; }

    public long ChangeTime { get; set; }

    /// <summary>A copy that another generation may change.</summary>
    /// <param name="owner">That generation.</param>
    /// <param name="handle">The inode's handle there.</param>
    public abstract MemoryNode Copy(Generation owner, MemoryInode handle);

    /// <summary>A handle for a tree that shares this node.</summary>
    public abstract MemoryInode MakeHandle(Incarnation incarnation, ulong number, MemoryDirectory parent);
}

/// <summary>A regular file's state. It changes under the latch of the handle that made it.</summary>
internal sealed class FileNode : MemoryNode
{
    /// <summary>What the file holds.</summary>
    public FileContent Content;

    private readonly MemoryFile _maker;
    private bool _isSettled;

    public FileNode(Generation owner, MemoryFile maker, in Creation creation, long time)
        : base(owner, creation, time)
    {
        _maker = maker;
        Content = new FileContent(owner);
    }

    private FileNode(FileNode original, Generation owner, MemoryFile maker)
        : base(original, owner, maker)
    {
        _maker = maker;
        Content = original.Content.CopyFor(owner);
    }

    public override MemoryNode Copy(Generation owner, MemoryInode handle) => new FileNode(this, owner, (MemoryFile)handle);

    public override MemoryInode MakeHandle(Incarnation incarnation, ulong number, MemoryDirectory parent)
    {
        // A write that had begun when the node was frozen ends first; it is in the snapshot whole.
        if (!Volatile.Read(ref _isSettled))
        {
            _maker.Settle();
            Volatile.Write(ref _isSettled, true);
        }

        return new MemoryFile(incarnation, number, this);
    }
}

/// <summary>A directory's state.</summary>
internal sealed class DirectoryNode : MemoryNode
{
    private NameTable? _names;

    public DirectoryNode(Generation owner, in Creation creation, long time)
        : base(owner, creation, time) => Links = 1;

    private DirectoryNode(DirectoryNode original, Generation owner, MemoryInode handle)
        : base(original, owner, handle)
    {
        _names = original._names;
        Directories = original.Directories;
        IsOpaque = original.IsOpaque;
    }

    /// <summary>Its entries, perhaps shared still; null while it never had one.</summary>
    public NameTable? Names => Volatile.Read(ref _names);

    /// <summary>How many of them are directories.</summary>
    public int Directories { get; set; }

    public bool IsOpaque { get; set; }

    /// <summary>Its entries, to be changed.</summary>
    public NameTable NamesToChangeLocked()
    {
        if (_names is null || !ReferenceEquals(_names.Owner, Owner))
        {
            Volatile.Write(ref _names, _names is null ? new NameTable(Owner) : new NameTable(_names, Owner));
        }

        return _names;
    }

    public override MemoryNode Copy(Generation owner, MemoryInode handle) => new DirectoryNode(this, owner, handle);

    public override MemoryInode MakeHandle(Incarnation incarnation, ulong number, MemoryDirectory parent) =>
        new MemoryDirectory(incarnation, parent, number, this);
}

/// <summary>A symbolic link's state.</summary>
internal sealed class LinkNode : MemoryNode
{
    private readonly bool _isCharged;

    public LinkNode(Generation owner, in Creation creation, long time, byte[] content)
        : base(owner, creation, time)
    {
        Content = content;
        _isCharged = true;
    }

    private LinkNode(LinkNode original, Generation owner, MemoryInode handle)
        : base(original, owner, handle)
    {
        Content = original.Content;
        _isCharged = original.ChargedTo(owner.Incarnation) != 0;
    }

    public byte[] Content { get; }

    /// <summary>Bytes that an incarnation was charged for it.</summary>
    public long ChargedTo(Incarnation incarnation) =>
        _isCharged && ReferenceEquals(Owner.Incarnation, incarnation) ? Content.Length : 0;

    public override MemoryNode Copy(Generation owner, MemoryInode handle) => new LinkNode(this, owner, handle);

    public override MemoryInode MakeHandle(Incarnation incarnation, ulong number, MemoryDirectory parent) =>
        new MemoryLink(incarnation, number, this);
}

/// <summary>A special file's state.</summary>
internal sealed class SpecialNode : MemoryNode
{
    public SpecialNode(Generation owner, in Creation creation, long time, SpecialFile special)
        : base(owner, creation, time)
    {
        Type = special.Type;
        Shared = special as ProgramFile;
    }

    private SpecialNode(SpecialNode original, Generation owner, MemoryInode handle)
        : base(original, owner, handle)
    {
        Type = original.Type;
        Shared = original.Shared;
    }

    public FileType Type { get; }

    /// <summary>What every tree with this node has; null where each has one of its own.</summary>
    public ProgramFile? Shared { get; }

    public override MemoryNode Copy(Generation owner, MemoryInode handle) => new SpecialNode(this, owner, handle);

    public override MemoryInode MakeHandle(Incarnation incarnation, ulong number, MemoryDirectory parent) =>
        new MemorySpecial(incarnation, number, this);
}

/// <summary>A whiteout's state.</summary>
internal sealed class WhiteoutNode : MemoryNode
{
    public WhiteoutNode(Generation owner, long time)
        : base(owner, default, time)
    {
    }

    private WhiteoutNode(WhiteoutNode original, Generation owner, MemoryInode handle)
        : base(original, owner, handle)
    {
    }

    public override MemoryNode Copy(Generation owner, MemoryInode handle) => new WhiteoutNode(this, owner, handle);

    public override MemoryInode MakeHandle(Incarnation incarnation, ulong number, MemoryDirectory parent) =>
        new MemoryWhiteout(incarnation, number, this);
}
