using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>A listing of a memory directory: by the order in which entries came, so that none moves while it runs.</summary>
internal sealed class MemoryListing(MemoryDirectory directory) : DirectoryListing
{
    private int _hint = -1;

    public override Errno Read(ulong cookie, out DirectoryEntry entry)
    {
        entry = default;
        if (directory.IsStale)
        {
            return Errno.Stale;
        }

        if (directory.Names?.Next(cookie, ref _hint) is { Handle: { } handle } next)
        {
            entry = new DirectoryEntry(next.Name, handle.Number, handle.Type, next.Sequence);
        }

        return Errno.Success;
    }
}
