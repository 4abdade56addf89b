using System.Globalization;
using System.Text;

namespace Marcotte.Guests.Tests;

/// <summary>The words of a header's value. A word is bytes: a text in quotes may hold any.</summary>
internal static class Words
{
    internal static List<byte[]> Split(string value)
    {
        List<byte[]> words = [];
        for (int at = 0; at < value.Length;)
        {
            if (value[at] is ' ' or '\t')
            {
                at++;
            }
            else if (value[at] == '"')
            {
                words.Add(Quoted(value, ref at));
            }
            else
            {
                int end = value.IndexOfAny([' ', '\t'], at);
                end = end < 0 ? value.Length : end;
                words.Add(Encoding.UTF8.GetBytes(value[at..end]));
                at = end;
            }
        }

        return words;
    }

    /// <summary>The same, where every word is text.</summary>
    internal static string[] SplitText(string value) => [.. Split(value).Select(Encoding.UTF8.GetString)];

    private static byte[] Quoted(string value, ref int at)
    {
        MemoryStream bytes = new();
        for (at++; at < value.Length && value[at] != '"'; at++)
        {
            if (value[at] == '\\')
            {
                bytes.WriteByte(Escaped(value, ref at));
            }
            else
            {
                int length = char.IsHighSurrogate(value[at]) ? 2 : 1;
                bytes.Write(Encoding.UTF8.GetBytes(value.Substring(at, length)));
                at += length - 1;
            }
        }

        if (at == value.Length)
        {
            throw new FormatException($"A text does not end: {value}");
        }

        at++;
        return bytes.ToArray();
    }

    private static byte Escaped(string value, ref int at)
    {
        at++;
        switch (at < value.Length ? value[at] : '\0')
        {
            case 'n': return (byte)'\n';
            case 't': return (byte)'\t';
            case '\\': return (byte)'\\';
            case '"': return (byte)'"';
            case 'x' when at + 2 < value.Length:
                at += 2;
                return byte.Parse(value.AsSpan(at - 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            default: throw new FormatException($"An escape that is none, at {at}: {value}");
        }
    }
}
