using System.Text.Unicode;
using Marcotte.Core;

namespace Marcotte.Vfs.Archives;

/// <summary>
/// Takes an entry's path apart. It counts from the archive's top whether it begins with a slash or not; <c>..</c> takes the
/// name before it away, and may not leave the top.
/// </summary>
internal sealed class ArchivePath
{
    /// <summary>Bytes of a path, as Linux's PATH_MAX.</summary>
    public const int LongestPath = 4096;

    private static readonly int LongestName = Limits.Default.NameBytes;

    private readonly List<Range> _names = [];

    /// <summary>How many names; none for the top itself.</summary>
    public int Count => _names.Count;

    /// <summary>Where a name lies within the path.</summary>
    public Range this[int index] => _names[index];

    /// <exception cref="InvalidDataException">A box could not have such a path.</exception>
    public void Parse(ReadOnlySpan<byte> path)
    {
        if (path.Length > LongestPath)
        {
            throw Malformed.Entry(path, $"has a path of {path.Length} bytes; {LongestPath} are the most.");
        }

        if (path.IsEmpty)
        {
            throw Malformed.Entry(path, "has no name.");
        }

        if (path.Contains((byte)0))
        {
            throw Malformed.Entry(path, "has a NUL in its name.");
        }

        if (!Utf8.IsValid(path))
        {
            throw Malformed.Entry(path, "has a name that is not UTF-8.");
        }

        _names.Clear();
        int start = 0;
        while (start < path.Length)
        {
            int length = path[start..].IndexOf((byte)'/');
            int end = length < 0 ? path.Length : start + length;
            Take(path, start..end);
            start = end + 1;
        }
    }

    private void Take(ReadOnlySpan<byte> path, Range range)
    {
        ReadOnlySpan<byte> name = path[range];
        if (name.IsEmpty || name.SequenceEqual("."u8))
        {
            return;
        }

        if (name.SequenceEqual(".."u8))
        {
            if (_names.Count == 0)
            {
                throw Malformed.Entry(path, "climbs out of the archive.");
            }

            _names.RemoveAt(_names.Count - 1);
            return;
        }

        if (name.Length > LongestName)
        {
            throw Malformed.Entry(path, $"has a name of {name.Length} bytes; {LongestName} are the most.");
        }

        _names.Add(range);
    }
}
