using System.Text;

namespace Marcotte;

/// <summary>
/// Text that a guest has a say in, such as its functions' names, fit for a log: on one line and of bounded length. It is
/// made so only when a logger writes it.
/// </summary>
internal readonly struct LogText(object? content)
{
    private const int Longest = 512;

    public override string ToString()
    {
        string text = content?.ToString() ?? "?";
        StringBuilder clean = new(Math.Min(text.Length, Longest));
        foreach (char letter in text.AsSpan(0, Math.Min(text.Length, Longest)))
        {
            // Line separators and bidirectional overrides are as good as a line break to whoever reads a log.
            clean.Append(char.IsControl(letter) || letter is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') ? '\ufffd' : letter);
        }

        return clean.Append(text.Length > Longest ? "…" : string.Empty).ToString();
    }
}
