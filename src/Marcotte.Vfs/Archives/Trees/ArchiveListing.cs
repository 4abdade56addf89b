using Marcotte.Core;

namespace Marcotte.Vfs.Archives;

/// <summary>A listing of a directory of an archive, by the names' bytes. Nothing comes or goes, so a cookie is a place.</summary>
internal sealed class ArchiveListing(ArchiveNode directory) : DirectoryListing
{
    public override Errno Read(ulong cookie, out DirectoryEntry entry)
    {
        entry = default;
        if (directory.Names is { } names && cookie < (ulong)names.Count)
        {
            ref readonly ArchiveName name = ref names[(int)cookie];
            entry = new DirectoryEntry(name.Name, (ulong)name.Node.Number, name.Node.Type, cookie + 1);
        }

        return Errno.Success;
    }
}
