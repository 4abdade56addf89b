using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>A name in a directory; its kind is that of a link itself.</summary>
internal readonly record struct ListedEntry(string Name, FileType Type);

/// <summary>Reads directories.</summary>
internal static class DirectoryReading
{
    /// <summary>The names in a directory but for the dots, as they are now.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="path">The directory's full path.</param>
    /// <param name="blamed">The path that an error names.</param>
    internal static List<ListedEntry> Read(Tree tree, string path, string blamed)
    {
        OpenFile directory = Open(tree, path, out Errno errno) ?? throw TreeErrors.Of(errno, blamed, isDirectory: true);
        return Read(directory, blamed);
    }

    /// <summary>Opens a directory.</summary>
    internal static OpenFile? Open(Tree tree, string path, out Errno errno)
    {
        errno = tree.Open(path, new OpenRequest(OpenFlags.Directory, AccessModes.Read), out OpenFile? directory);
        return directory;
    }

    /// <summary>Reads an open directory to its end and closes it.</summary>
    internal static List<ListedEntry> Read(OpenFile directory, string blamed)
    {
        try
        {
            List<ListedEntry> entries = [];
            for (ulong cookie = 0; ;)
            {
                TreeErrors.Check(directory.Operations.ReadEntry(directory, cookie, out DirectoryEntry entry), blamed, isDirectory: true);
                if (entry.IsEnd)
                {
                    return entries;
                }

                cookie = entry.Next;
                if (entry.Name.Span is not ([(byte)'.'] or [(byte)'.', (byte)'.']))
                {
                    entries.Add(new ListedEntry(Encoding.UTF8.GetString(entry.Name.Span), entry.Type));
                }
            }
        }
        finally
        {
            directory.Release();
        }
    }
}
