using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>What a box's guests are told of the machine they run on.</summary>
/// <param name="processors">How many processors.</param>
internal sealed class Machine(int processors)
{
    /// <summary>Where a box keeps it.</summary>
    internal static readonly Slot<Machine> Slot = new();

    internal int Processors => processors;

    /// <summary>The name that a guest gave the box; null for the host's.</summary>
    internal byte[]? HostName { get; set; }

    /// <summary>The name that a guest gave the box's domain.</summary>
    internal byte[]? DomainName { get; set; }

    internal static Machine Of(Kernel kernel)
    {
        if (kernel.State.Get(Slot) is { } known)
        {
            return known;
        }

        Machine made = new(1);
        kernel.State.Set(Slot, made);
        return made;
    }
}
