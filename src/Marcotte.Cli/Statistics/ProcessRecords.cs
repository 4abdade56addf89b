using System.Globalization;
using System.Text;
using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Cli;

/// <summary>What <c>--ps</c> shows: the processes that there were, as a tree.</summary>
internal sealed class ProcessRecords
{
    private const int First = 1;

    /// <summary>A shell's loop starts any number of processes: of those that have ended, these many of the last are kept.</summary>
    private const int MostEnded = 1000;

    private readonly Lock _lock = new();
    private readonly Record _first = new(First, null, null);
    private readonly Queue<Record> _ended = new();
    private long _forgotten;

    /// <summary>Those that live, by number: numbers come to be used again.</summary>
    private readonly Dictionary<int, Record> _living = [];

    internal ProcessRecords(BoxProcesses processes)
    {
        _living.Add(First, _first);
        processes.Started += (_, start) => Add(start);
        processes.Exited += (_, exit) => End(exit);
    }

    /// <summary>The tree, each process beneath its parent, in the order in which they started.</summary>
    internal string Write()
    {
        Table table = new(">pid", ">parent", "ended", ">cpu", ">calls", "program");
        lock (_lock)
        {
            AddTo(table);
        }

        StringBuilder text = new();
        table.WriteTo(text, indent: 0);
        if (_forgotten > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{_forgotten} more had ended before these.");
        }

        return text.ToString();
    }

    private void AddTo(Table table)
    {
        // A shell's children can be nested deeper than the stack.
        Stack<(Record Record, int Depth)> next = new([(_first, 0)]);
        while (next.TryPop(out (Record Record, int Depth) at))
        {
            Record record = at.Record;
            table.Add(
                Number(record.Id),
                Number(record.Parent?.Id ?? 0),
                record.Exit is { } exit ? Describe(exit.End) : "has not",
                Duration.Format(TimeSpan.FromMicroseconds((record.Exit?.Usage.CpuNanoseconds ?? 0) / 1000.0)),
                Number(record.Exit?.Usage.Calls ?? 0),
                new string(' ', 2 * at.Depth) + (record.Exit?.Program ?? record.Program));
            foreach (Record child in Enumerable.Reverse(record.Children))
            {
                next.Push((child, at.Depth + 1));
            }
        }
    }

    private void Add(ProcessStartedEventArgs start)
    {
        lock (_lock)
        {
            Record parent = _living.GetValueOrDefault(start.Parent, _first);
            Record record = new(start.Id, parent, start.Program);
            _living[start.Id] = record;
            parent.Children.Add(record);
        }
    }

    private void End(ProcessExitedEventArgs exit)
    {
        lock (_lock)
        {
            if (_living.Remove(exit.Id, out Record? record))
            {
                record.Exit = exit;
                Bound(record);
            }
        }
    }

    /// <summary>Forgets the one that ended first when there are too many; its children then count as its parent's.</summary>
    private void Bound(Record record)
    {
        if (record.Parent is null)
        {
            return;
        }

        _ended.Enqueue(record);
        if (_ended.Count > MostEnded)
        {
            Record oldest = _ended.Dequeue();
            List<Record> siblings = oldest.Parent!.Children;
            int at = siblings.IndexOf(oldest);
            siblings.RemoveAt(at);
            siblings.InsertRange(at, oldest.Children);
            oldest.Children.ForEach(child => child.Parent = oldest.Parent);
            _forgotten++;
        }
    }

    private static string Describe(ProcessEnd end) => end switch
    {
        ExitedEnd exited => string.Create(CultureInfo.InvariantCulture, $"code {exited.Code & 0xFF}"),
        GuestFault => "trap",
        KilledEnd { Reason: KillReason.TimedOut } => "timeout",
        KilledEnd => "killed",
        DeniedEnd => "policy",
        _ => string.Create(CultureInfo.InvariantCulture, $"signal {(int)end.Status.Signal}"),
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Record(int id, Record? parent, string? program)
    {
        internal int Id => id;

        internal Record? Parent { get; set; } = parent;

        internal string? Program => program;

        internal List<Record> Children { get; } = [];

        internal ProcessExitedEventArgs? Exit { get; set; }
    }
}
