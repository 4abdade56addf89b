using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>Makes polls.</summary>
internal static class Subscriptions
{
    internal static Subscription Read(int fd, ulong userData = 0) => new() { UserData = userData, Type = EventType.FdRead, Descriptor = fd };

    internal static Subscription Write(int fd, ulong userData = 0) => new() { UserData = userData, Type = EventType.FdWrite, Descriptor = fd };

    internal static Subscription After(uint clock, ulong timeout, ulong userData = 0) =>
        new() { UserData = userData, Type = EventType.Clock, Clock = (WasiClockId)clock, Timeout = timeout };

    internal static Subscription At(uint clock, ulong time, ulong userData = 0) =>
        After(clock, time, userData) with { ClockFlags = SubClockFlags.AbsTime };

    internal static Errno Poll(Guest guest, params ReadOnlySpan<Subscription> subscriptions)
    {
        GuestSpan<Subscription> row = guest.Row(subscriptions);
        guest.Write(Guest.First, 0);
        return Wasi.Poll.PollOneoff(guest.Thread, guest.Memory, new(row.Address), new(Guest.Buffer), row.Count, new(Guest.First));
    }

    internal static Event[] Events(Guest guest) =>
        [.. Enumerable.Range(0, guest.Read<int>(Guest.First)).Select(i => guest.Read<Event>(Guest.Buffer + (uint)(32 * i)))];
}
