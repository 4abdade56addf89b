using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>A symbolic link of a memory tree.</summary>
internal sealed class MemoryLink(Incarnation incarnation, ulong number, LinkNode node)
    : MemoryInode(incarnation, FileType.SymbolicLink, number, node)
{
    private byte[] Content => ((LinkNode)Node).Content;

    public override Errno Stat(out FileStat stat)
    {
        Errno errno = base.Stat(out stat);
        stat.Size = errno == Errno.Success ? Content.Length : 0;
        return errno;
    }

    public override Errno ReadLink(Span<byte> buffer, out int count)
    {
        count = 0;
        if (IsStale)
        {
            return Errno.Stale;
        }

        byte[] content = Content;
        count = Math.Min(buffer.Length, content.Length);
        content.AsSpan(0, count).CopyTo(buffer);
        return Errno.Success;
    }

    protected override void ForgetLocked()
    {
        base.ForgetLocked();
        Incarnation.RefundBytes(((LinkNode)Node).ChargedTo(Incarnation));
        Incarnation.AddContent(-Content.Length);
    }
}

/// <summary>
/// A name that hides what a layer below has (a whiteout): a character device 0/0, as Linux's overlayfs has it. It is there for
/// whoever looks, and opens to nothing.
/// </summary>
internal sealed class MemoryWhiteout(Incarnation incarnation, ulong number, WhiteoutNode node)
    : MemoryInode(incarnation, FileType.CharacterDevice, number, node);
