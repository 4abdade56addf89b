using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Waiting: <c>poll_oneoff</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Poll
{
    /// <summary>poll_oneoff: waits until at least one of several things has come.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="in">What is waited for.</param>
    /// <param name="out">Takes what has come: room for as many as are waited for.</param>
    /// <param name="nsubscriptions">How many are waited for.</param>
    /// <param name="nevents">Takes how many have come.</param>
    /// <returns>
    /// <see cref="Errno.Inval"/> for none, for more than <see cref="Limits.Subscriptions"/>, for an unknown kind, clock or
    /// flag; <see cref="Errno.Fault"/> when a pointer lies outside of memory; <see cref="Errno.Intr"/>.
    /// </returns>
    /// <remarks>
    /// What is wrong with one subscription alone is an event with that error: a descriptor that is not open
    /// (<see cref="Errno.BadF"/>) or lacks POLL_FD_READWRITE (<see cref="Errno.NotCapable"/>), or a clock that the box does not have
    /// (<see cref="Errno.NoSys"/>). A CPU clock stands still while its thread waits; so what remains on it is waited for on
    /// the monotonic clock.
    /// </remarks>
    [HostImport(WasiModules.Preview1, "poll_oneoff")]
    internal static Errno PollOneoff(GuestThread thread, GuestMemory memory, GuestPtr<Subscription> @in, GuestOut<Event> @out, uint nsubscriptions, GuestOut<uint> nevents) =>
        PollRequest.Run(thread, memory, new GuestSpan<Subscription>(@in.Address, nsubscriptions), @out, nevents);

    /// <summary>poll_oneoff of snapshot 0, whose subscriptions are laid out otherwise.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="in">What is waited for.</param>
    /// <param name="out">Takes what has come: room for as many as are waited for.</param>
    /// <param name="nsubscriptions">How many are waited for.</param>
    /// <param name="nevents">Takes how many have come.</param>
    /// <returns>As <see cref="PollOneoff"/>.</returns>
    [HostImport(WasiModules.Unstable, "poll_oneoff")]
    internal static Errno PollOneoffUnstable(GuestThread thread, GuestMemory memory, GuestPtr<UnstableSubscription> @in, GuestOut<Event> @out, uint nsubscriptions, GuestOut<uint> nevents) =>
        PollRequest.Run(thread, memory, new GuestSpan<UnstableSubscription>(@in.Address, nsubscriptions), @out, nevents);
}
