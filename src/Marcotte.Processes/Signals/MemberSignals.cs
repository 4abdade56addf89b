using Marcotte.Core;
using Marcotte.Core.Waiting;
using Marcotte.Processes.Timers;

namespace Marcotte.Processes;

/// <summary>The signals of a process: what it does about each, what has come for it, and whether it is stopped. Guarded by the tree's gate.</summary>
internal sealed class MemberSignals
{
    private SignalAction[]? _actions;

    /// <summary>Those with a handler.</summary>
    internal SignalSet Handled { get; private set; }

    /// <summary>Those that are ignored by its wish.</summary>
    internal SignalSet Ignored { get; private set; }

    internal PendingSignals Pending { get; } = new();

    /// <summary>Woken when something has become pending.</summary>
    internal WaitQueue Arrivals { get; } = new();

    /// <summary>What its first thread blocks when it begins.</summary>
    internal SignalSet InitialMask { get; set; }

    /// <summary>What waits for the thread that comes out of an exec.</summary>
    internal PendingSignals? Inherited { get; set; }

    internal volatile StopState Stop;

    internal Signal StopSignal { get; set; }

    /// <summary>Woken when it goes on.</summary>
    internal WaitQueue StopQueue { get; } = new();

    internal ProcessTimers? Timers { get; set; }

    internal SignalAction this[Signal signal] => _actions is null ? default : _actions[(int)signal];

    internal void Set(Signal signal, in SignalAction action)
    {
        _actions ??= new SignalAction[(int)Signal.Last + 1];
        _actions[(int)signal] = action;
        SignalSet one = SignalSet.Of(signal);
        Handled = action.Disposition == Disposition.Handle ? Handled | one : Handled - one;
        Ignored = action.Disposition == Disposition.Ignore ? Ignored | one : Ignored - one;
    }

    /// <summary>What a child begins with: the same actions, and nothing pending.</summary>
    internal MemberSignals Fork()
    {
        MemberSignals child = new() { Handled = Handled, Ignored = Ignored };
        child._actions = (SignalAction[]?)_actions?.Clone();
        return child;
    }

    /// <summary>Forgets handlers: the functions go with the program. What is ignored stays so.</summary>
    internal void ForgetHandlers()
    {
        if (_actions is null)
        {
            return;
        }

        for (int signal = 1; signal < _actions.Length; signal++)
        {
            Set((Signal)signal, new SignalAction(_actions[signal].Disposition == Disposition.Ignore ? Disposition.Ignore : Disposition.Default));
        }
    }
}
