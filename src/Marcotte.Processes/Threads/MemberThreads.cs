using Marcotte.Core.Waiting;

namespace Marcotte.Processes.Table;

/// <summary>The further threads of a process, and those of them that have ended. Guarded by the tree's gate.</summary>
internal sealed class MemberThreads
{
    /// <summary>So many ended threads are remembered for who joins them late.</summary>
    private const int Remembered = 4096;

    private readonly Queue<int> _order = new();
    private readonly HashSet<int> _ended = [];
    private Threads.FutexTable? _futexes;

    internal HashSet<int> Alive { get; } = [];

    /// <summary>Woken when one has ended.</summary>
    internal WaitQueue Queue { get; } = new();

    internal Threads.FutexTable Futexes => _futexes ?? Interlocked.CompareExchange(ref _futexes, new Threads.FutexTable(), null) ?? _futexes;

    internal bool HasEnded(int id) => _ended.Contains(id);

    internal void End(int id)
    {
        Alive.Remove(id);
        if (_ended.Add(id))
        {
            _order.Enqueue(id);
            if (_order.Count > Remembered)
            {
                _ended.Remove(_order.Dequeue());
            }
        }

        Queue.Wake();
    }

    /// <summary>A new thread has a number that one had before.</summary>
    internal void Begin(int id)
    {
        Alive.Add(id);
        _ended.Remove(id);
    }
}
