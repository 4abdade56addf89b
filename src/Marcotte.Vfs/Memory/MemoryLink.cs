using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>A symbolic link of a memory tree.</summary>
internal sealed class MemoryLink(MemoryFileSystem tree, ulong number, in Creation creation, byte[] content)
    : MemoryInode(tree, FileType.SymbolicLink, number, creation)
{
    public override Errno Stat(out FileStat stat)
    {
        Errno errno = base.Stat(out stat);
        stat.Size = content.Length;
        return errno;
    }

    public override Errno ReadLink(Span<byte> buffer, out int count)
    {
        count = Math.Min(buffer.Length, content.Length);
        content.AsSpan(0, count).CopyTo(buffer);
        return Errno.Success;
    }

    public override void UnlinkLocked()
    {
        Links--;
        Tree.RefundInode();
        if (Links == 0)
        {
            Tree.RefundBytes(content.Length);
        }
        else
        {
            TouchChange();
        }
    }
}
