using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>A listing of a memory directory: by the order in which entries came, so that none moves while it runs.</summary>
internal sealed class MemoryListing(MemoryDirectory directory) : DirectoryListing
{
    private int _hint = -1;

    public override Errno Read(ulong cookie, out DirectoryEntry entry)
    {
        entry = directory.Names?.Next(cookie, ref _hint) is { } next
            ? new DirectoryEntry(next.Entry.Name, next.Inode.Number, next.Inode.Type, next.Entry.Sequence)
            : default;
        return Errno.Success;
    }
}
