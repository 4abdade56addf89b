using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <summary>A special file of a memory tree: a FIFO, a socket, a program of the host's.</summary>
/// <remarks>What it stands for is its incarnation's, not its node's: a snapshot keeps no pipe of a box.</remarks>
internal sealed class MemorySpecial(Incarnation incarnation, ulong number, SpecialNode node)
    : MemoryInode(incarnation, node.Type, number, node)
{
    public override SpecialFile? Special => IsStale || IsForgotten ? null : Incarnation.SpecialOf(this, (SpecialNode)Node);

    /// <inheritdoc/>
    /// <remarks>Asked only where it stands for nothing, or by who is no process.</remarks>
    public override Errno Open(in InodeOpen request, out OpenFile? file)
    {
        file = null;
        return IsStale ? Errno.Stale : IsForgotten ? Errno.NoEnt : Type == FileType.Regular ? Errno.TxtBsy : Errno.NxIO;
    }

    protected override void ForgetLocked()
    {
        base.ForgetLocked();
        Incarnation.ForgetSpecial(Number);
    }
}
