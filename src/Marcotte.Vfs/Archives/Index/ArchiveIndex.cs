using Marcotte.Core;

namespace Marcotte.Vfs.Archives;

/// <summary>All files of an archive, as they are once its last entry is read.</summary>
internal sealed class ArchiveIndex(ArchiveNode root, int count)
{
    public ArchiveNode Root => root;

    /// <summary>How many files there are; their numbers go from 1 to this.</summary>
    public int Count => count;

    /// <summary>Numbers what can be reached from a root, directory by directory, and seals the directories.</summary>
    public static ArchiveIndex Seal(ArchiveNode root)
    {
        int count = 1;
        root.Number = 1;
        Queue<ArchiveNode> directories = new([root]);
        while (directories.TryDequeue(out ArchiveNode? directory))
        {
            directory.Links = 2;
            if (directory.Names is not { } names)
            {
                continue;
            }

            names.Seal();
            for (int i = 0; i < names.Count; i++)
            {
                ArchiveNode node = names[i].Node;
                if (node.Number == 0)
                {
                    node.Number = ++count;
                }

                if (node.Type == FileType.Directory)
                {
                    directory.Links++;
                    directories.Enqueue(node);
                }
            }
        }

        return new ArchiveIndex(root, count);
    }
}
