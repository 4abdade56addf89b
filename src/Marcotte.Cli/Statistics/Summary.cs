using System.Globalization;
using System.Text;

namespace Marcotte.Cli;

/// <summary>What <c>--stats</c> shows.</summary>
internal static class Summary
{
    internal static string Write(Outcome outcome, SyscallCounts counts)
    {
        BoxUsage usage = outcome.Usage;
        StringBuilder text = new();
        text.Append("outcome   ").Append(Describe(outcome)).Append('\n');
        text.Append("elapsed   ").Append(Duration.Format(usage.Elapsed)).Append('\n');
        text.Append("memory    ").Append(ByteSize.Format(usage.MemoryBytes)).Append('\n');
        if (usage.Fuel is { } fuel)
        {
            text.Append(CultureInfo.InvariantCulture, $"fuel      {fuel}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"syscalls  {usage.Syscalls}\n");
        IReadOnlyList<(string Name, SyscallCounts.Count Count)> list = counts.ToList();
        if (list.Count > 0)
        {
            Table table = new("name", ">calls", ">errors", ">time");
            foreach ((string name, SyscallCounts.Count count) in list)
            {
                table.Add(name, Number(count.Calls), Number(count.Errors), Duration.Format(count.Elapsed));
            }

            table.WriteTo(text, indent: 2);
        }

        return text.ToString();
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Describe(Outcome outcome) => outcome switch
    {
        Exited exited => string.Create(CultureInfo.InvariantCulture, $"exited with code {exited.Code}"),
        Trapped trapped => $"trapped: {trapped.Trap.Message}",
        TimedOut => "timed out",
        OutOfFuel => "out of fuel",
        OutOfMemory => "out of memory",
        Signaled signaled => string.Create(CultureInfo.InvariantCulture, $"ended by signal {(int)signaled.Signal}"),
        _ => "killed",
    };
}
