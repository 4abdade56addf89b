using System.Diagnostics;
using Marcotte.Benchmarks.Idle;
using Marcotte.Benchmarks.Rows;
using Marcotte.Benchmarks.Sides;

namespace Marcotte.Benchmarks.Quick;

/// <summary>Measures all rows in this process within two minutes: less exact than BenchmarkDotNet, but side by side.</summary>
internal static class QuickRun
{
    private const int Rounds = 61;
    private const int LongRounds = 3;

    /// <summary>Measures and prints.</summary>
    /// <param name="options">What was asked for.</param>
    /// <returns>The exit code: 0, whatever the numbers are.</returns>
    public static int Run(QuickOptions options)
    {
        long began = Stopwatch.GetTimestamp();
        List<RowResult> results = [];
        using Workbench bench = new();
        foreach (Row[] together in Groups(options))
        {
            Progress(string.Join(", ", together.Select(row => row.Name)));
            results.AddRange(Measure(bench, [.. together.Where(bench.Has)]));
        }

        List<IdleBoxReport> idle = [];
        foreach ((string name, int image) in new[] { (RowList.IdleBox, 0), (RowList.IdleImageBox, RowList.ImageFiles) })
        {
            if (options.Wants(name))
            {
                Progress(name);
                IdleBoxReport report = IdleBoxes.MeasureInProcessOfItsOwn(name, image);
                idle.Add(report);
                results.Add(new RowResult(name) { AllocatedBytes = report.Bytes });
            }
        }

        Progress("");
        RowResult? any = results.Find(result => result.Name == RowList.AnyLookup.Name);
        ResultTable table = new([.. results.Where(result => result != any)]);
        Console.WriteLine(table.ToText());
        foreach (string remark in bench.Remarks.Concat(idle.Select(report => report.ToString())).Append(Tell(any)).OfType<string>())
        {
            Console.WriteLine(remark);
        }

        Console.WriteLine(FormattableString.Invariant(
            $"Each time is the fastest of {Rounds} rounds ({LongRounds} of {RowList.Pipeline}) in which all sides take turns; noise is how far the median lies above it. {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s."));
        table.Write(options);
        return 0;
    }

    /// <summary>Rows that are held against each other take turns with each other.</summary>
    private static IEnumerable<Row[]> Groups(QuickOptions options)
    {
        IEnumerable<Row> rows = RowList.All.Where(row => options.Wants(row.Name));
        foreach (IGrouping<string, Row> group in rows.GroupBy(row => row.Guest[^1] == "lookup" ? "lookup" : row.HeldAgainst ?? row.Name))
        {
            bool isLarge = group.Any(row => row.Name == RowList.LargeLookup);
            yield return isLarge ? [.. group, RowList.AnyLookup] : [.. group];
        }
    }

    private static string? Tell(RowResult? any) => any is null ? null : FormattableString.Invariant(
        $"lookup_1000000 has ten names in use, like lookup_10; with all million of them: {any.Nanoseconds:#,0} ns, built-in {any.BuiltinNanoseconds:#,0} ns, native {any.NativeNanoseconds:#,0} ns.");

    private static List<RowResult> Measure(Workbench bench, Row[] rows)
    {
        List<RowSession> sessions = [];
        try
        {
            foreach (Row row in rows)
            {
                sessions.Add(new RowSession(bench, row));
            }

            // What was made for the setting up is moved and freed now rather than amid a sample.
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            sessions.ForEach(session => session.WarmUp());
            int rounds = rows.Any(row => row.Pace == Pace.Long) ? LongRounds : Rounds;
            for (int i = 0; i < rounds; i++)
            {
                sessions.ForEach(session => session.Round());
            }

            return [.. sessions.Select(session => session.Result())];
        }
        finally
        {
            sessions.ForEach(session => session.Dispose());
        }
    }

    private static void Progress(string what)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r\e[K{what}");
        }
    }
}
