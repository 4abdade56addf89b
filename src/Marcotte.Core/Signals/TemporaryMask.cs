namespace Marcotte.Core;

/// <summary>Another mask for as long as one call waits; see <see cref="SignalTable.WithMask"/>.</summary>
public readonly ref struct TemporaryMask
{
    private readonly SignalTable _signals;
    private readonly GuestThread _thread;
    private readonly SignalSet? _previous;
    private readonly bool _restarted;

    internal TemporaryMask(SignalTable signals, GuestThread thread, SignalSet? mask)
    {
        _signals = signals;
        _thread = thread;
        _restarted = thread.NeverRestarts;
        thread.NeverRestarts = true;
        _previous = mask is { } wanted ? signals.ExchangeMask(thread, wanted) : null;
    }

    /// <summary>Puts the mask back.</summary>
    public void Dispose()
    {
        _thread.NeverRestarts = _restarted;
        if (_previous is { } previous)
        {
            _signals.ExchangeMask(_thread, previous);
        }
    }
}
