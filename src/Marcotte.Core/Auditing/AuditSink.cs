namespace Marcotte.Core;

/// <summary>Takes what the rules of a policy have found. One sink serves any number of boxes, from any of their threads.</summary>
public abstract class AuditSink
{
    /// <summary>
    /// Tells the time of events: the host's by default, since the clock of a box may stand still, and is what its guest is
    /// told rather than what is.
    /// </summary>
    public virtual TimeProvider TimeProvider => TimeProvider.System;

    /// <summary>
    /// Takes an event. It runs within the guest's call, so that it must not wait; what is thrown here ends the guest.
    /// </summary>
    /// <param name="audited">The event, which may be kept.</param>
    public abstract void Write(AuditEvent audited);
}
