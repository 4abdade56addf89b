using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>The openings of one box's files by host code that exclude others (<see cref="FileShare"/>).</summary>
/// <remarks>
/// As .NET does it on Unix: <see cref="FileShare.None"/> excludes every other opening, all else excludes such ones. Guests are
/// not held to it, nor do their locks count here.
/// </remarks>
internal sealed class FileShares
{
    private const int Exclusive = -1;

    private static readonly Slot<FileShares> Slot = new();
    private static readonly Lock Making = new();

    private readonly Dictionary<(ulong Device, ulong Inode), int> _openings = [];

    /// <summary>Those of a box.</summary>
    internal static FileShares Of(Kernel kernel)
    {
        lock (Making)
        {
            FileShares? shares = kernel.State.Get(Slot);
            if (shares is null)
            {
                shares = new FileShares();
                kernel.State.Set(Slot, shares);
            }

            return shares;
        }
    }

    /// <summary>Opens.</summary>
    /// <returns>False when another opening excludes this one.</returns>
    internal bool TryEnter((ulong Device, ulong Inode) file, bool exclusive)
    {
        lock (_openings)
        {
            int openings = _openings.GetValueOrDefault(file);
            if (openings == Exclusive || (exclusive && openings > 0))
            {
                return false;
            }

            _openings[file] = exclusive ? Exclusive : openings + 1;
            return true;
        }
    }

    /// <summary>Closes.</summary>
    internal void Leave((ulong Device, ulong Inode) file)
    {
        lock (_openings)
        {
            int openings = _openings.GetValueOrDefault(file);
            if (openings > 1)
            {
                _openings[file] = openings - 1;
            }
            else
            {
                _openings.Remove(file);
            }
        }
    }
}
