using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>A name that hides what layers below an overlay have of that name: a character device that stands for none.</summary>
internal sealed class Whiteout(MemoryFileSystem tree, ulong number)
    : MemoryInode(tree, FileType.CharacterDevice, number, new Creation(0, 0, 0))
{
    public override void UnlinkLocked()
    {
        Links--;
        Tree.RefundInode();
    }
}
