using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>Where a file was opened that is no directory. Kept only where processes can ask, which is where /proc is mounted.</summary>
/// <remarks>
/// It holds the directory. It holds the file too where that costs nothing of the host's; of one that is counted the name is looked up again.
/// </remarks>
internal sealed class OpenedAt(Mount mount, Location directory, byte[] name, Inode? inode) : FileOrigin(mount)
{
    /// <summary>The mount it was opened through.</summary>
    public Mount Mount => mount;

    /// <summary>Its name then.</summary>
    public ReadOnlySpan<byte> Name => name;

    /// <summary>Takes note of an opening.</summary>
    public static OpenedAt Of(Mount mount, in Location directory, ReadOnlySpan<byte> name, Inode? inode)
    {
        directory.Inode.Acquire();
        return new OpenedAt(mount, directory, name.ToArray(), inode is { IsCounted: false } ? inode : null);
    }

    /// <summary>The mount that an open file was opened through; null for what has no name.</summary>
    public static Mount? MountOf(OpenFile file) => file.Origin as Mount ?? (file.Origin as OpenedAt)?.Mount;

    /// <summary>The directory, with a reference for the caller, who has the file open.</summary>
    public Location EnterDirectory()
    {
        directory.Inode.Acquire();
        return directory;
    }

    /// <summary>The file, with a reference for the caller.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="location">Where it is.</param>
    /// <returns><see cref="Errno.NotSup"/> when its name leads there no more.</returns>
    public Errno Enter(OpenFile file, out Location location)
    {
        location = default;
        if (file.Operations.Stat(file, out FileStat stat) != Errno.Success)
        {
            return Errno.NotSup;
        }

        if (inode is not null && inode.Number == stat.Inode)
        {
            location = new Location(mount, inode);
            return Errno.Success;
        }

        if (directory.Inode.Lookup(name, out Inode? found) != Errno.Success)
        {
            return Errno.NotSup;
        }

        if (found!.Number != stat.Inode)
        {
            found.Release();
            return Errno.NotSup;
        }

        location = new Location(mount, found);
        return Errno.Success;
    }

    /// <inheritdoc/>
    protected override FileEvents? EventsOf(OpenFile file) => mount.Told(file);

    /// <inheritdoc/>
    protected override void Closed() => directory.Inode.Release();
}
