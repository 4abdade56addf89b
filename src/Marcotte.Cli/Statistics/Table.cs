using System.Text;

namespace Marcotte.Cli;

/// <summary>Columns of text, aligned by spaces so that tools can cut them apart.</summary>
/// <param name="headings">The columns; one that begins with <c>&gt;</c> is aligned to the right.</param>
internal sealed class Table(params string[] headings)
{
    private const int Gap = 2;

    private readonly List<string[]> _rows = [[.. headings.Select(heading => heading.TrimStart('>'))]];

    internal void Add(params string[] cells) => _rows.Add(cells);

    internal void WriteTo(StringBuilder text, int indent)
    {
        int[] widths = [.. headings.Select((_, column) => _rows.Max(row => row[column].Length))];
        foreach (string[] row in _rows)
        {
            StringBuilder line = new StringBuilder().Append(' ', indent);
            for (int column = 0; column < row.Length; column++)
            {
                string cell = row[column];
                line.Append(headings[column].StartsWith('>') ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])).Append(' ', Gap);
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
    }
}
