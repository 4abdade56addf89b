namespace Marcotte.Processes.Table;

/// <summary>
/// The numbers of processes and threads, groups and sessions: one space, from 1. A number that was given back is given out again
/// only after all others, so that who remembers one does not soon mean another. Guarded by the tree's gate.
/// </summary>
internal sealed class Numbers(int highest)
{
    private readonly Dictionary<int, int> _uses = [];
    private int _last;

    /// <summary>What Linux has as pid_max, and room for several times as many as there can be.</summary>
    internal static int HighestFor(long processes, long threads) => (int)Math.Min(0x1FFF_FFFE, Math.Max(32_768, 4 * (processes + threads)));

    /// <summary>The next free number, of which the caller has one use.</summary>
    internal int Take()
    {
        do
        {
            _last = _last >= highest ? 2 : _last + 1;
        }
        while (_uses.ContainsKey(_last));
        _uses.Add(_last, 1);
        return _last;
    }

    /// <summary>Uses a number once more, for what is called by it as well.</summary>
    internal void Use(int number) => _uses[number] = _uses.GetValueOrDefault(number) + 1;

    internal void Drop(int number)
    {
        int uses = _uses.GetValueOrDefault(number) - 1;
        if (uses > 0)
        {
            _uses[number] = uses;
        }
        else
        {
            _uses.Remove(number);
        }
    }

    /// <summary>Takes a certain number, as the first process's is.</summary>
    internal void Claim(int number)
    {
        Use(number);
        _last = Math.Max(_last, number);
    }
}
