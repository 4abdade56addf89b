using Marcotte.Abi;
using Marcotte.Core;

namespace MarcotteLayer1;

/// <summary>What guests import: decode the arguments, ask the box's state, encode the result.</summary>
[HostImports]
internal static partial class TallyImports
{
    internal static readonly Slot<TallyCounter> Counters = new();

    /// <summary>Adds to the box's counter.</summary>
    /// <returns>The sum.</returns>
    [HostImport("tally", "add")]
    internal static long Add(GuestThread thread, long amount) => thread.Kernel.State.Get(Counters)!.Add(amount);
}
