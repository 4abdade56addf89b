namespace Marcotte.Benchmarks.Quick;

/// <summary>What was asked for on the command line.</summary>
internal sealed record QuickOptions
{
    /// <summary>How to ask.</summary>
    public const string Help = """
        Marcotte.Benchmarks --quick [--json FILE] [--markdown FILE] [--rows NAME,…]
            Measures every row, in some two minutes, and prints one table. --json writes it as an array of objects, one a row,
            --markdown as a table; either implies --quick. --rows leaves out all others.
        Marcotte.Benchmarks [ARGUMENTS OF BENCHMARKDOTNET]
            Measures with BenchmarkDotNet, such as --filter '*' or --list flat.
        """;

    /// <summary>A file for the JSON.</summary>
    public string? JsonFile { get; init; }

    /// <summary>A file for a table in Markdown.</summary>
    public string? MarkdownFile { get; init; }

    /// <summary>The rows to measure; null for all.</summary>
    public IReadOnlyList<string>? Rows { get; init; }

    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>What was asked for; null when it was not the quick run.</returns>
    /// <exception cref="ArgumentException">An argument makes no sense; the message names it.</exception>
    public static QuickOptions? Parse(string[] arguments)
    {
        if (!arguments.Any(argument => argument is "--quick" or "--json" or "--markdown"))
        {
            return null;
        }

        QuickOptions options = new();
        for (int i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--quick" => options,
                "--json" => options with { JsonFile = Value(arguments, ref i) },
                "--markdown" => options with { MarkdownFile = Value(arguments, ref i) },
                "--rows" => options with { Rows = Value(arguments, ref i).Split(',') },
                string unknown => throw new ArgumentException($"'{unknown}' means nothing with --quick.\n{Help}"),
            };
        }

        string? stray = options.Rows?.FirstOrDefault(name => !Benchmarks.Rows.RowList.IsIdle(name) && Benchmarks.Rows.RowList.All.All(row => row.Name != name));
        return stray is null ? options : throw new ArgumentException($"There is no row '{stray}'.");
    }

    /// <summary>Whether a row is to be measured.</summary>
    /// <param name="row">Its name.</param>
    /// <returns>True when it is.</returns>
    public bool Wants(string row) => Rows is null || Rows.Contains(row);

    private static string Value(string[] arguments, ref int index) => ++index < arguments.Length
        ? arguments[index]
        : throw new ArgumentException($"'{arguments[index - 1]}' wants a value.\n{Help}");
}
