using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>
/// A tree of inodes that can be mounted in a box. One instance belongs to one box; a stranger's file system derives from
/// this and from <see cref="Inode"/>.
/// </summary>
/// <remarks>
/// Any thread may call at any time. Nothing of a file system waits. Names that reach it are checked: not empty, neither
/// <c>.</c> nor <c>..</c>, UTF-8, without NUL or slash, and no longer than <see cref="Limits.NameBytes"/>.
/// </remarks>
public abstract class FileSystem : IDisposable
{
    /// <summary>
    /// The number that tells its files from those of the box's other file systems (st_dev); given when it is mounted.
    /// </summary>
    public ulong Device { get; internal set; }

    /// <summary>The directory at the top. The file system keeps the one reference to it.</summary>
    public abstract Inode Root { get; }

    /// <summary>Whether nothing in it can be changed, so that every mount of it is read-only.</summary>
    public virtual bool IsReadOnly => false;

    /// <summary>
    /// Whether a mount point that is missing may be made in it as a directory. Without it the namespace lists the mount
    /// point beside the directory's own entries and leaves the file system alone.
    /// </summary>
    public virtual bool TakesMountPoints => false;

    /// <summary>
    /// Whether its names can come to mean something else without a call to it, as those of a host's directory can, or whether
    /// its inodes are counted: what is mounted over it then asks again each time and holds nothing longer than it must.
    /// </summary>
    public virtual bool ChangesOutside => true;

    /// <summary>Describes it; the namespace adds <see cref="Device"/> and what the mount allows.</summary>
    /// <param name="stat">What is known.</param>
    /// <returns>The outcome; all zero by default, as of a file system that nothing bounds.</returns>
    public virtual Errno Stat(out FileSystemStat stat)
    {
        stat = default;
        return Errno.Success;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives up what it holds of the host. Inodes that are still held may be released afterwards.</summary>
    /// <param name="disposing">True when called by the box.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
