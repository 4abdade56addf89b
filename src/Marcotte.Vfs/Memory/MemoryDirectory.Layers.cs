using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <content>What a directory says of layers below.</content>
internal sealed partial class MemoryDirectory
{
    private bool _isOpaque;

    public override bool IsOpaque => _isOpaque;

    public override Errno MarkOpaque()
    {
        _isOpaque = true;
        return Errno.Success;
    }

    public override Errno HideName(ReadOnlySpan<byte> name)
    {
        uint hash = NameHash.Of(name);
        lock (Tree.TreeLock)
        {
            NameEntry? present = _names?.Find(name, hash);
            if (_isRemoved || present?.Inode is MemoryDirectory)
            {
                return _isRemoved ? Errno.NoEnt : Errno.IsDir;
            }

            if (!Tree.TryChargeInode())
            {
                return Errno.NoSpc;
            }

            Whiteout whiteout = new(Tree, Tree.NextNumber());
            whiteout.LinkLocked();
            if (present?.Inode is { } victim)
            {
                present.Inode = whiteout;
                victim.UnlinkLocked();
                TouchContent();
            }
            else
            {
                AddLocked(name, hash, whiteout);
            }

            return Errno.Success;
        }
    }
}
