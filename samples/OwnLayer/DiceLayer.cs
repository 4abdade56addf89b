using System.Text;
using Marcotte.Abi;
using Marcotte.Core;

namespace OwnLayer;

#region own-layer
/// <summary>What guests import; the generator writes the native side of it.</summary>
[HostImports]
internal static partial class Dice
{
    internal static readonly Slot<Random> Generator = new();

    [HostImport("dice", "roll")]
    internal static int Roll(GuestThread thread, int sides) => thread.Kernel.State.Get(Generator)!.Next(sides) + 1;

    // A mistake of the guest's is an errno, such as EFAULT for a text that is not within its memory.
    [HostImport("dice", "announce")]
    internal static Errno Announce(GuestThread thread, GuestMemory memory, GuestText what, int sum)
    {
        Errno errno = memory.ReadText(what, thread.Kernel.Limits.PathBytes, out ReadOnlySpan<byte> text);
        Console.WriteLine(errno == Errno.Success ? $"{Encoding.UTF8.GetString(text)}: {sum}" : errno);
        return errno;
    }
}

/// <summary>What is shared by all boxes of a template; each box gets a generator of its own.</summary>
internal sealed class DiceLayer(int seed) : AbiLayer
{
    public override string Name => "dice";

    public override int ContractVersion => CoreContract.Version;

    public override IReadOnlyList<HostImport> Imports => Dice.HostImports;

    public override void Attach(Kernel kernel) => kernel.State.Set(Dice.Generator, new Random(seed));
}

/// <summary>What the host says.</summary>
internal sealed class DiceOptions : LayerOptions
{
    public int Seed { get; set; }

    public override Layer Build(Limits limits) => new DiceLayer(Seed);
}

/// <summary>Lets the builder read as a sentence, as for any layer.</summary>
internal static class DiceBuilderExtensions
{
    public static TBuilder UseDice<TBuilder>(this TBuilder builder, int seed)
        where TBuilder : IBoxBuilder
    {
        builder.Options<DiceOptions>().Seed = seed;
        return builder;
    }
}
#endregion
