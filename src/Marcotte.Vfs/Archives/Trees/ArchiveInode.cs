using Marcotte.Core;
using Marcotte.Vfs.Nodes;

namespace Marcotte.Vfs.Archives;

/// <summary>A file of an archive, of any kind. Devices are seen, and opening one answers <see cref="Errno.NxIO"/>.</summary>
internal sealed class ArchiveInode(ArchiveFileSystem tree, ArchiveNode node) : Inode(tree, node.Type, (ulong)node.Number)
{
    private object? _state;

    /// <inheritdoc/>
    public override bool IsOpaque => node.IsOpaque;

    /// <summary>Whether it only says that a name of the layers below is not there.</summary>
    internal bool IsWhiteout => node.IsWhiteout;

    public override SpecialFile? Special => Type == FileType.Fifo ? (SpecialFile)(Volatile.Read(ref _state) ?? Begin(new FreshFifo())) : null;

    public override Errno Stat(out FileStat stat)
    {
        stat = default;
        stat.Device = FileSystem.Device;
        stat.Inode = Number;
        stat.Type = Type;
        stat.Mode = node.Mode;
        stat.Links = node.Links;
        stat.UserId = node.UserId;
        stat.GroupId = node.GroupId;
        stat.Represents = node.Represents;
        stat.AccessTime = node.AccessTime;
        stat.ModifyTime = node.ModifyTime;
        stat.ChangeTime = node.ChangeTime;

        // Directories are as long as in a memory tree.
        stat.Size = IsDirectory ? 40 + (20L * (node.Names?.Count ?? 0)) : node.Target?.Length ?? node.Size;
        stat.Blocks = (node.Size + 511) / 512;
        return Errno.Success;
    }

    public override Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
    {
        child = null;
        if (!IsDirectory)
        {
            return Errno.NotDir;
        }

        if (node.Names?.Find(name) is not { } found)
        {
            return Errno.NoEnt;
        }

        child = tree.InodeOf(found);
        return Errno.Success;
    }

    public override Errno LookupParent(out Inode? parent)
    {
        parent = IsDirectory ? node.Parent is { } above ? tree.InodeOf(above) : this : null;
        return IsDirectory ? Errno.Success : Errno.NotDir;
    }

    public override Errno List(out DirectoryListing? listing)
    {
        listing = IsDirectory ? new ArchiveListing(node) : null;
        return IsDirectory ? Errno.Success : Errno.NotDir;
    }

    public override Errno Open(in InodeOpen request, out OpenFile? file)
    {
        file = null;
        if (Type != FileType.Regular)
        {
            return Errno.NxIO;
        }

        if (request.Truncate || (request.Access & AccessModes.Write) != 0)
        {
            return Errno.RoFs;
        }

        file = new OpenFile((ArchiveFile)(_state ??= new ArchiveFile(this, node)), request.Access, request.Status);
        return Errno.Success;
    }

    public override Errno ReadLink(Span<byte> buffer, out int count)
    {
        count = 0;
        if (node.Target is not { } target)
        {
            return Errno.Inval;
        }

        count = Math.Min(buffer.Length, target.Length);
        target.AsSpan(0, count).CopyTo(buffer);
        return Errno.Success;
    }

    public override Errno SetTimes(in TimeUpdate times) => Errno.RoFs;

    private object Begin(object state) => Interlocked.CompareExchange(ref _state, state, null) ?? state;
}
