using Marcotte.Core;

namespace Marcotte.Processes;

/// <summary>Signals that were sent and have had no effect yet: one of each below 32, any number of each above. Guarded by the tree's gate.</summary>
internal sealed class PendingSignals
{
    /// <summary>Of signals up to this one of a kind is pending at most.</summary>
    internal const Signal LastMerged = Signal.BadCall;

    private List<SignalInfo>? _infos;
    private int _queued;

    internal SignalSet Set { get; private set; }

    /// <summary>Puts a signal in.</summary>
    /// <param name="info">The signal.</param>
    /// <param name="limit">How many may queue.</param>
    /// <returns>False when it was to queue and too many do; one that is merged with what is there is in.</returns>
    internal bool TryAdd(in SignalInfo info, long limit)
    {
        bool there = Set.Contains(info.Signal);
        if (info.Signal <= LastMerged)
        {
            if (there)
            {
                return true;
            }
        }
        else if (_queued >= limit)
        {
            return false;
        }
        else
        {
            _queued++;
        }

        (_infos ??= []).Add(info);
        Set |= SignalSet.Of(info.Signal);
        return true;
    }

    /// <summary>Takes out the signal of the lowest number among some, of several the one sent first.</summary>
    internal bool TryTake(SignalSet among, out SignalInfo info)
    {
        Signal first = (Set & among).First;
        if (first == Signal.None || _infos is null)
        {
            info = default;
            return false;
        }

        int index = 0;
        while (_infos[index].Signal != first)
        {
            index++;
        }

        info = _infos[index];
        _infos.RemoveAt(index);
        bool more = false;
        if (first > LastMerged)
        {
            _queued--;
            for (int i = index; i < _infos.Count && !more; i++)
            {
                more = _infos[i].Signal == first;
            }
        }

        Set = more ? Set : Set - SignalSet.Of(first);
        return true;
    }

    internal void Remove(SignalSet set)
    {
        while (TryTake(set, out _))
        {
        }
    }

    /// <summary>Gives all that is in it to another.</summary>
    internal void MoveTo(PendingSignals other)
    {
        while (TryTake(Set, out SignalInfo info))
        {
            other.TryAdd(info, long.MaxValue);
        }
    }
}
