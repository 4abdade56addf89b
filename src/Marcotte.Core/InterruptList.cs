namespace Marcotte.Core;

/// <summary>Who is told that threads should look whether they are to end: each once, however often it asked.</summary>
internal sealed class InterruptList
{
    private readonly Lock _lock = new();
    private (Action Action, int Count)[] _actions = [];

    internal void Add(Action action)
    {
        lock (_lock)
        {
            int index = IndexOf(action);
            if (index >= 0)
            {
                _actions[index].Count++;
                return;
            }

            Volatile.Write(ref _actions, [.. _actions, (action, 1)]);
        }
    }

    internal void Remove(Action action)
    {
        lock (_lock)
        {
            int index = IndexOf(action);
            if (index >= 0 && --_actions[index].Count == 0)
            {
                Volatile.Write(ref _actions, [.. _actions[..index], .. _actions[(index + 1)..]]);
            }
        }
    }

    internal void Invoke()
    {
        foreach ((Action action, _) in Volatile.Read(ref _actions))
        {
            action();
        }
    }

    private int IndexOf(Action action)
    {
        for (int i = 0; i < _actions.Length; i++)
        {
            if (_actions[i].Action == action)
            {
                return i;
            }
        }

        return -1;
    }
}
