using Marcotte.Core;

namespace Marcotte.Vfs.Archives;

/// <summary>
/// Makes the index of an archive out of its entries, in their order: a later one replaces an earlier one of the same name, and
/// none is reached through anything but directories.
/// </summary>
internal sealed class ArchiveBuilder(ArchiveOptions options)
{
    private readonly ArchivePath _path = new();
    private readonly ArchiveNode _root = Implied();
    private int _entries;

    /// <summary>Takes an entry in.</summary>
    /// <exception cref="InvalidDataException">There cannot be such an entry there.</exception>
    public void Add(ReadOnlySpan<byte> path, ArchiveNode node)
    {
        Count(path);
        _path.Parse(path);
        if (_path.Count == 0)
        {
            if (!node.IsDirectory)
            {
                throw Malformed.Entry(path, "is the top of the archive, and is no directory.");
            }

            _root.TakeMetadata(node);
            return;
        }

        if (options.Whiteouts && Whiteouts.IsInMetadata(path, _path))
        {
            return;
        }

        ArchiveNode directory = Descend(path);
        ReadOnlySpan<byte> name = path[_path[_path.Count - 1]];
        if (options.Whiteouts && Whiteouts.Is(name))
        {
            AddWhiteout(path, directory, name, node);
        }
        else
        {
            Put(path, directory, name, node);
        }
    }

    /// <summary>Gives a file that is there one more name.</summary>
    /// <exception cref="InvalidDataException">There is no such file, or there cannot be such a name.</exception>
    public void AddLink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target)
    {
        Count(path);
        ArchiveNode? node = Find(path, target);
        if (node is null || (options.Whiteouts && node.IsWhiteout))
        {
            throw Malformed.Entry(path, $"is a hard link to '{Malformed.Show(target)}', which is not there before it.");
        }

        if (node.IsDirectory)
        {
            throw Malformed.Entry(path, $"is a hard link to '{Malformed.Show(target)}', which is a directory.");
        }

        _path.Parse(path);
        if (_path.Count == 0)
        {
            throw Malformed.Entry(path, "is the top of the archive, and is no directory.");
        }

        ArchiveNode directory = Descend(path);
        ReadOnlySpan<byte> name = path[_path[_path.Count - 1]];
        if (ReferenceEquals(directory.Names?.Find(name), node))
        {
            throw Malformed.Entry(path, "is a hard link to itself.");
        }

        Put(path, directory, name, node);
    }

    public ArchiveIndex Build() => ArchiveIndex.Seal(_root);

    private static ArchiveNode Implied() => new(FileType.Directory) { Mode = 0x1ED, IsImplied = true };

    private void Count(ReadOnlySpan<byte> path)
    {
        if (++_entries > options.MaxEntries)
        {
            throw Malformed.Entry(path, $"is one more than {options.MaxEntries}; raise ArchiveOptions.MaxEntries if there should be so many.");
        }
    }

    /// <summary>The file that a hard link names, by the names alone: a link on the way is not followed.</summary>
    private ArchiveNode? Find(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target)
    {
        try
        {
            _path.Parse(target);
        }
        catch (InvalidDataException e)
        {
            throw Malformed.Entry(path, $"is a hard link to nothing: {e.Message}");
        }

        ArchiveNode? node = _root;
        for (int i = 0; i < _path.Count && node is not null; i++)
        {
            node = node.Names?.Find(target[_path[i]]);
        }

        return node;
    }

    /// <summary>The directory that the path's last name is in; those that no entry has made are implied.</summary>
    private ArchiveNode Descend(ReadOnlySpan<byte> path)
    {
        ArchiveNode directory = _root;
        for (int i = 0; i < _path.Count - 1; i++)
        {
            ReadOnlySpan<byte> name = path[_path[i]];
            if (options.Whiteouts && Whiteouts.Is(name))
            {
                throw Malformed.Entry(path, $"goes through '{Malformed.Show(name)}', which is a whiteout.");
            }

            ArchiveNode? next = directory.Names?.Find(name);
            if (next is null || (options.Whiteouts && next.IsWhiteout))
            {
                Count(path);
                ArchiveNode made = Implied();
                Put(path, directory, name, made);
                next = made;
            }

            if (!next.IsDirectory)
            {
                throw Malformed.Entry(path, $"goes through '{Malformed.Show(name)}', which is no directory.");
            }

            directory = next;
        }

        return directory;
    }

    private void Put(ReadOnlySpan<byte> path, ArchiveNode directory, ReadOnlySpan<byte> name, ArchiveNode node)
    {
        ArchiveNode? present = directory.Names?.Find(name);
        if (present is { IsDirectory: true })
        {
            if (node.IsDirectory)
            {
                present.TakeMetadata(node);
                return;
            }

            if (present.Names is not null)
            {
                throw Malformed.Entry(path, "would replace a directory that is not empty.");
            }
        }

        if (present is not null)
        {
            present.Links--;

            // A layer's own directory takes the place of what it hides, and so hides all of that.
            node.IsOpaque |= options.Whiteouts && present.IsWhiteout && node.IsDirectory;
        }

        node.Links++;
        node.Parent = node.IsDirectory ? directory : null;
        directory.Names ??= new ArchiveNames();
        directory.Names.Set(name, node);
    }

    /// <summary>A whiteout is about the layers below: what its own layer has of the name stays, whichever comes first.</summary>
    private void AddWhiteout(ReadOnlySpan<byte> path, ArchiveNode directory, ReadOnlySpan<byte> name, ArchiveNode node)
    {
        if (Whiteouts.IsOpaque(name))
        {
            directory.IsOpaque = true;
            return;
        }

        name = Whiteouts.Hidden(path, name);
        ArchiveNode? present = directory.Names?.Find(name);
        if (present is null)
        {
            ArchiveNode whiteout = new(FileType.CharacterDevice);
            whiteout.TakeMetadata(node);
            whiteout.Mode = 0;
            Put(path, directory, name, whiteout);
        }
        else
        {
            present.IsOpaque |= present.IsDirectory;
        }
    }
}
