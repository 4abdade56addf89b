using Marcotte.Core;

namespace Marcotte.Vfs.Overlay;

/// <summary>
/// Keeps the times of a directory of the upper layer while names of the overlay's own come and go in it: nobody sees those, so
/// nobody is to see that it changed.
/// </summary>
internal readonly ref struct KeptTimes
{
    private readonly Inode? _directory;
    private readonly TimeUpdate _times;

    /// <summary>Takes the times down.</summary>
    /// <param name="directory">The directory; null for none.</param>
    public KeptTimes(Inode? directory)
    {
        if (directory?.Stat(out FileStat stat) == Errno.Success)
        {
            _directory = directory;
            _times = new TimeUpdate(TimeUpdate.Omit, stat.ModifyTime);
        }
    }

    /// <summary>Puts them back.</summary>
    public void Dispose() => _directory?.SetTimes(_times);
}
