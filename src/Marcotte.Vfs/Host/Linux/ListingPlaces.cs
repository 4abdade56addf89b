using System.Runtime.InteropServices;

namespace Marcotte.Vfs.Host.Linux;

/// <summary>Small cookies for the places in a directory that the kernel names by up to 63 bits.</summary>
/// <remarks>
/// <para>
/// A C library keeps what telldir(3) gives in a <c>long</c>, which has 32 bits where pointers have, yet ext4's and others'
/// places are hashes of 63 bits (to programs of 32 bits Linux gives shorter ones). So the first places of a listing get
/// numbers in the order in which they come.
/// </para>
/// <para>
/// Every open directory costs memory for it, so their number is bounded: cookies beyond are the kernel's own places, moved
/// up behind all numbers. Not thread-safe: its owner locks.
/// </para>
/// </remarks>
internal sealed class ListingPlaces
{
    /// <summary>Places that get numbers: 128 KiB of them.</summary>
    internal const int Capacity = 16 * 1024;

    /// <summary>Cookies above it stand for themselves.</summary>
    private const ulong Numbers = Capacity;

    private readonly List<ulong> _places = [];

    /// <summary>The place for a cookie.</summary>
    /// <param name="cookie">0 for the start, else one that was given.</param>
    /// <param name="place">The kernel's place.</param>
    /// <returns>False when no such cookie was given.</returns>
    internal bool TryGet(ulong cookie, out ulong place)
    {
        place = cookie > Numbers ? cookie - Numbers : 0;
        if (cookie is 0 or > Numbers)
        {
            return true;
        }

        if (cookie > (ulong)_places.Count)
        {
            return false;
        }

        place = _places[(int)cookie - 1];
        return true;
    }

    /// <summary>The cookie for the place behind an entry.</summary>
    /// <param name="place">The kernel's place.</param>
    /// <param name="before">The cookie that the entry was read by.</param>
    internal ulong Number(ulong place, ulong before)
    {
        // Almost always it is the next one, either again or for the first time.
        int next = (int)Math.Min(before, Numbers);
        if (next < _places.Count && _places[next] == place)
        {
            return (ulong)next + 1;
        }

        int known = next < _places.Count ? CollectionsMarshal.AsSpan(_places).IndexOf(place) : -1;
        if (known >= 0)
        {
            return (ulong)known + 1;
        }

        if (_places.Count == Capacity)
        {
            return place + Numbers;
        }

        _places.Add(place);
        return (ulong)_places.Count;
    }
}
