using System.Text;

namespace Marcotte.Vfs.Archives;

/// <summary>The exceptions for archives that make no sense, with the entry's name as a message can show it.</summary>
internal static class Malformed
{
    private const int LongestShown = 200;

    public static InvalidDataException Entry(ReadOnlySpan<byte> path, string what) => new($"entry '{Show(path)}' {what}");

    public static InvalidDataException At(long offset, string what) => new($"at byte {offset} {what}");

    /// <summary>A name for a message: without controls, and cut.</summary>
    public static string Show(ReadOnlySpan<byte> path)
    {
        StringBuilder text = new();
        foreach (char c in Encoding.UTF8.GetString(path[..Math.Min(path.Length, LongestShown)]))
        {
            text.Append(char.IsControl(c) ? '\uFFFD' : c);
        }

        return path.Length > LongestShown ? text.Append('…').ToString() : text.ToString();
    }
}
