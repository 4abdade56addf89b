using Marcotte.Core;

namespace Marcotte.Vfs.Abstractions;

/// <summary>
/// The open files that a rename or a removal concerns, closed for as long as it takes. Whoever makes one under the gate
/// disposes it, whatever came of the operation: then each goes on where its file is now.
/// </summary>
internal sealed class OpenStreams : IDisposable
{
    private readonly AbstractedFileSystem _owner;
    private readonly List<(AbstractedLeaf Leaf, SharedStream Stream, MemoryStream? Copy)> _suspended = [];

    internal OpenStreams(AbstractedFileSystem owner) => _owner = owner;

    /// <summary>Suspends all beneath a node that will have another path.</summary>
    internal void Moves(AbstractedInode node)
    {
        if (_owner.StreamsFollowFiles)
        {
            return;
        }

        Queue<AbstractedInode> nodes = new([node]);
        while (nodes.TryDequeue(out AbstractedInode? next))
        {
            if (next is AbstractedLeaf { Stream: { } stream } leaf)
            {
                stream.Suspend();
                _suspended.Add((leaf, stream, null));
            }

            foreach (AbstractedInode below in (next as AbstractedDirectory)?.NodesLocked ?? [])
            {
                nodes.Enqueue(below);
            }
        }
    }

    /// <summary>Suspends a file that will have no path any more; its content lives on in memory until it is closed.</summary>
    internal void Goes(AbstractedInode? node)
    {
        if (!_owner.StreamsFollowFiles && node is AbstractedLeaf { Stream: { } stream } leaf)
        {
            MemoryStream copy = stream.Copy();
            stream.Suspend();
            _suspended.Add((leaf, stream, copy));
        }
    }

    public void Dispose()
    {
        foreach ((AbstractedLeaf leaf, SharedStream stream, MemoryStream? copy) in _suspended)
        {
            stream.Resume(leaf.IsRemoved && copy is not null ? copy : Reopen(leaf, stream.CanWrite));
        }
    }

    private Stream Reopen(AbstractedLeaf leaf, bool canWrite)
    {
        try
        {
            if (leaf.LocateLocked(out string path) == Errno.Success)
            {
                return _owner.OpenStreamLocked(path, FileMode.Open, canWrite ? FileAccess.ReadWrite : FileAccess.Read, 0);
            }
        }
        catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out _))
        {
        }

        // It cannot be opened again: what holds it gets EBADF from a stream that is closed.
        MemoryStream closed = new();
        closed.Dispose();
        return closed;
    }
}
