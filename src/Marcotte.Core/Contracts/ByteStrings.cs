using System.Text;

namespace Marcotte.Core;

/// <summary>A list of strings as C programs take them: UTF-8, a NUL after each, all in one block.</summary>
public sealed class ByteStrings
{
    private readonly byte[] _block;
    private readonly int[] _offsets;

    /// <summary>Packs strings.</summary>
    /// <param name="strings">The strings.</param>
    /// <exception cref="ArgumentException">One of them holds a NUL, which would end it early.</exception>
    public ByteStrings(IEnumerable<string> strings)
    {
        MemoryStream block = new();
        List<int> offsets = [];
        foreach (string text in strings)
        {
            if (text.Contains('\0', StringComparison.Ordinal))
            {
                throw new ArgumentException($"\"{text.Replace("\0", "\\0", StringComparison.Ordinal)}\" holds a NUL; remove it.", nameof(strings));
            }

            offsets.Add((int)block.Length);
            block.Write(Encoding.UTF8.GetBytes(text));
            block.WriteByte(0);
        }

        _block = block.ToArray();
        _offsets = [.. offsets];
    }

    private ByteStrings(byte[] block, int[] offsets)
    {
        _block = block;
        _offsets = offsets;
    }

    /// <summary>No strings.</summary>
    public static ByteStrings Empty { get; } = new([], []);

    /// <summary>Packs strings of bytes.</summary>
    /// <param name="strings">The strings, each without its NUL.</param>
    /// <returns>The list.</returns>
    /// <exception cref="ArgumentException">One of them holds a NUL, which would end it early.</exception>
    public static ByteStrings Of(IEnumerable<byte[]> strings)
    {
        MemoryStream block = new();
        List<int> offsets = [];
        foreach (byte[] text in strings)
        {
            if (text.AsSpan().Contains((byte)0))
            {
                throw new ArgumentException("A string holds a NUL; remove it.", nameof(strings));
            }

            offsets.Add((int)block.Length);
            block.Write(text);
            block.WriteByte(0);
        }

        return new ByteStrings(block.ToArray(), [.. offsets]);
    }

    /// <summary>How many.</summary>
    public int Count => _offsets.Length;

    /// <summary>All of them, each with its NUL.</summary>
    public ReadOnlySpan<byte> Block => _block;

    /// <summary>Where each begins within <see cref="Block"/>.</summary>
    public ReadOnlySpan<int> Offsets => _offsets;

    /// <summary>One of them, without its NUL.</summary>
    /// <param name="index">Which.</param>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            int end = index + 1 < _offsets.Length ? _offsets[index + 1] : _block.Length;
            return _block.AsSpan(_offsets[index], end - 1 - _offsets[index]);
        }
    }
}
