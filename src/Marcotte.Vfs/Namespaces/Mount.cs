namespace Marcotte.Vfs;

/// <summary>A file system attached at a name of a directory of another mount, or at the top.</summary>
/// <remarks>
/// What is attached where is an array that is replaced whole: a walk reads it without a lock. A mount point is a pair of
/// directory and name, so it needs nothing below it, stays where it is when the directory is renamed, and <c>..</c> from the
/// mount's root is that directory.
/// </remarks>
public sealed class Mount
{
    private Mount[] _children = [];

    internal Mount(FileSystem fileSystem, bool isReadOnly, Mount? parent, Inode? directory, byte[] name)
    {
        FileSystem = fileSystem;
        Root = fileSystem.Root;
        IsReadOnly = isReadOnly || fileSystem.IsReadOnly;
        Parent = parent;
        Directory = directory;
        Name = name;
    }

    /// <summary>What is mounted.</summary>
    public FileSystem FileSystem { get; }

    /// <summary>Its root.</summary>
    public Inode Root { get; }

    /// <summary>Whether nothing can be changed through it.</summary>
    public bool IsReadOnly { get; }

    /// <summary>The mount it is attached to; null at the top.</summary>
    public Mount? Parent { get; }

    /// <summary>The directory of <see cref="Parent"/> that it is attached in.</summary>
    internal Inode? Directory { get; }

    /// <summary>The name it is attached at.</summary>
    internal byte[] Name { get; }

    /// <summary>What is attached to it.</summary>
    internal ReadOnlySpan<Mount> Children => Volatile.Read(ref _children);

    /// <summary>One bit for each attached mount's directory, by its number: most directories are told apart by this alone.</summary>
    internal ulong Mask { get; private set; }

    /// <summary>Whether anything is attached in a directory of this mount.</summary>
    internal bool HasMountsIn(Inode directory)
    {
        if (MayHaveMountsIn(directory))
        {
            foreach (Mount child in Children)
            {
                if (child.Directory!.Number == directory.Number)
                {
                    return true;
                }
            }
        }

        return false;
    }

    internal bool MayHaveMountsIn(Inode directory) => ((Mask >> (int)(directory.Number & 63)) & 1) != 0;

    /// <summary>What is attached at a name of a directory of this mount.</summary>
    internal Mount? MountAt(Inode directory, ReadOnlySpan<byte> name)
    {
        foreach (Mount child in Children)
        {
            if (child.Directory!.Number == directory.Number && name.SequenceEqual(child.Name))
            {
                return child;
            }
        }

        return null;
    }

    internal void AttachLocked(Mount child)
    {
        Volatile.Write(ref _children, [.. _children, child]);
        Mask |= 1UL << (int)(child.Directory!.Number & 63);
    }
}
