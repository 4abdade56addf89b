using Marcotte.Core;

namespace Marcotte.Processes.Timers;

/// <summary>A timer that a process has made for itself (timer_create).</summary>
/// <param name="Id">Its number.</param>
/// <param name="Clock">What it goes by.</param>
/// <param name="Notice">Whom it tells.</param>
/// <param name="Timer">What counts.</param>
internal sealed record CreatedTimer(int Id, ClockId Clock, TimerNotice Notice, ProcessTimer Timer)
{
    /// <summary>Whether a signal that was taken is its own. Those below 32 are merged: whoever sent it, its own was in it.</summary>
    internal bool Raised(in SignalInfo info) =>
        info.Signal == Notice.Signal && (info.Signal <= PendingSignals.LastMerged || (info.Cause == SignalCause.Timer && info.ProcessId == Id));
}
