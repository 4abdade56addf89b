using System.Numerics;
using System.Runtime.CompilerServices;

namespace Marcotte.Vfs.Memory;

/// <summary>The children of an inner node.</summary>
[InlineArray(PageTree.Fan)]
internal struct PageChildren
{
    private PageNode? _first;
}

/// <summary>The pages of a leaf.</summary>
[InlineArray(PageTree.Fan)]
internal struct LeafPages
{
    private byte[]? _first;
}

/// <summary>A node of a tree of pages. The generation that owns it changes it in place, every other one copies it first.</summary>
internal abstract class PageNode(Generation owner)
{
    public Generation Owner { get; } = owner;

    public abstract PageNode Copy(Generation owner);
}

/// <summary>An inner node.</summary>
internal sealed class PageBranch(Generation owner) : PageNode(owner)
{
    public PageChildren Children;

    public override PageNode Copy(Generation owner) => new PageBranch(owner) { Children = Children };
}

/// <summary>A node that has pages.</summary>
/// <remarks>
/// Two facts about each page, as bits. <em>Own</em>: this leaf alone has it, so it may be written to; nothing is, in a leaf
/// that another generation owns. <em>Charged</em>: room was taken for it in the quotas of the owner's incarnation, if not
/// for this array of bytes then for the one that it is a copy of.
/// </remarks>
internal sealed class PageLeaf(Generation owner) : PageNode(owner)
{
    public LeafPages Pages;
    public ulong Own;
    private ulong _charged;

    public ulong ChargedTo(Incarnation incarnation) => ReferenceEquals(Owner.Incarnation, incarnation) ? _charged : 0;

    public void SetCharged(int at) => _charged |= 1UL << at;

    public bool IsOwn(int at) => (Own >> at & 1) != 0;

    public void Put(int at, byte[] page, bool isOwn)
    {
        Pages[at] = page;
        Own = isOwn ? Own | (1UL << at) : Own & ~(1UL << at);
        _charged |= 1UL << at;
    }

    /// <summary>Takes pages away.</summary>
    /// <param name="mask">Which.</param>
    /// <param name="charged">How many of them were charged is added to this.</param>
    /// <returns>How many there were.</returns>
    public int Remove(ulong mask, ref long charged)
    {
        int removed = 0;
        for (ulong left = mask; left != 0; left &= left - 1)
        {
            int at = BitOperations.TrailingZeroCount(left);
            removed += Pages[at] is null ? 0 : 1;
            Pages[at] = null;
        }

        charged += BitOperations.PopCount(_charged & mask);
        _charged &= ~mask;
        Own &= ~mask;
        return removed;
    }

    public override PageNode Copy(Generation owner) =>
        new PageLeaf(owner) { Pages = Pages, _charged = ChargedTo(owner.Incarnation) };
}
