using Marcotte.Core;

namespace Marcotte.Vfs.Nodes;

/// <summary>A FIFO that no box has opened yet: its pipe is made by the box that first does, so that a tree may be prepared without one.</summary>
internal sealed class FreshFifo : SpecialFile
{
    private readonly Lock _lock = new();
    private SpecialFile? _pipe;

    public override FileType Type => FileType.Fifo;

    /// <returns>What the pipe says; <see cref="Errno.NxIO"/> in a box that has no pipes.</returns>
    public override Errno Open(Process process, AccessModes access, StatusFlags status, out FileOperations? operations)
    {
        SpecialFile? pipe;
        lock (_lock)
        {
            pipe = _pipe ??= process.Kernel.Anonymous.Fifo(process.Kernel);
        }

        operations = null;
        return pipe?.Open(process, access, status, out operations) ?? Errno.NxIO;
    }
}
