using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marcotte.Benchmarks.Rows;

namespace Marcotte.Benchmarks.Quick;

/// <summary>What was measured, as text, Markdown and JSON.</summary>
/// <param name="results">The rows.</param>
internal sealed class ResultTable(IReadOnlyList<RowResult> results)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    private static readonly string[] Headings =
        ["operation", "Marcotte", "allocated", "empty import", "ratio", "built-in", "ratio", "native", "ratio", "to reach", "", "noise"];

    /// <summary>For a terminal.</summary>
    /// <returns>Lines of columns.</returns>
    public string ToText()
    {
        string[][] lines = [Headings, .. results.Select(Cells)];
        int[] widths = [.. Headings.Select((_, column) => lines.Max(line => line[column].Length))];
        StringBuilder text = new();
        foreach (string[] line in lines)
        {
            IEnumerable<string> cells = line.Select((cell, column) => IsText(column) ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.AppendLine(string.Join("  ", cells).TrimEnd());
        }

        return text.ToString();
    }

    /// <summary>Writes the files that were asked for.</summary>
    /// <param name="options">Which.</param>
    public void Write(QuickOptions options)
    {
        if (options.JsonFile is not null)
        {
            File.WriteAllText(options.JsonFile, JsonSerializer.Serialize(results, Json) + "\n");
        }

        if (options.MarkdownFile is not null)
        {
            File.WriteAllText(options.MarkdownFile, ToMarkdown());
        }
    }

    private static bool IsText(int column) => column is 0 or 9 or 10;

    private string ToMarkdown()
    {
        // The noise is for whoever measures.
        int columns = Headings.Length - 1;
        StringBuilder text = new();
        Append(Headings);
        Append([.. Headings.Select((_, column) => IsText(column) ? "---" : "--:")]);
        foreach (RowResult result in results)
        {
            string[] cells = Cells(result);
            cells[0] = $"`{cells[0]}`";
            Append(cells);
        }

        return text.ToString();

        void Append(string[] cells) => text.Append("| ").AppendJoin(" | ", cells.Take(columns)).Append(" |\n");
    }

    private string[] Cells(RowResult result)
    {
        Target target = RowList.IsIdle(result.Name) ? RowList.IdleBoxTarget : RowList.Get(result.Name).Target;
        string? heldAgainst = RowList.IsIdle(result.Name) ? null : RowList.Get(result.Name).HeldAgainst;
        RowResult? other = results.FirstOrDefault(row => row.Name == heldAgainst);
        return
        [
            result.Name,
            Time(result.Nanoseconds),
            Bytes(result.AllocatedBytes),
            Time(result.FloorNanoseconds),
            Ratio(result.Nanoseconds / result.FloorNanoseconds),
            Time(result.BuiltinNanoseconds),
            Ratio(result.Nanoseconds / result.BuiltinNanoseconds),
            Time(result.NativeNanoseconds),
            Ratio(result.Nanoseconds / result.NativeNanoseconds),
            target.Tell(heldAgainst) + Measured(target, result, other),
            target.IsReached(result, other) switch { true => "✓", false => "✗", null => "" },
            result.Nanoseconds is null ? "" : result.Noise.ToString("P0", CultureInfo.InvariantCulture),
        ];
    }

    /// <summary>The ratio to another row has no column of its own.</summary>
    private static string Measured(Target target, RowResult result, RowResult? other) =>
        target.OtherRow is not null && other is not null ? $" ({Ratio(result.Nanoseconds / other.Nanoseconds)})" : "";

    private static string Time(double? nanoseconds) => nanoseconds switch
    {
        null => "–",
        < 100 => Number(nanoseconds, "0.0") + " ns",
        < 10_000 => Number(nanoseconds, "#,0") + " ns",
        _ => Number(nanoseconds / 1000, "#,0.0") + " µs",
    };

    private static string Ratio(double? ratio) => ratio switch
    {
        null => "–",
        < 0.1 => Number(ratio, "0.0000"),
        < 10 => Number(ratio, "0.00"),
        _ => Number(ratio, "#,0.0"),
    };

    private static string Bytes(double? bytes) => bytes switch
    {
        null => "–",
        0 => "0 B",
        < 10 => Number(bytes, "0.####") + " B",
        _ => Number(bytes, "#,0") + " B",
    };

    private static string Number(double? value, string format) => value!.Value.ToString(format, CultureInfo.InvariantCulture);
}
