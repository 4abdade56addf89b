using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <content>What is done to ranges.</content>
internal sealed partial class MemoryFile
{
    public Errno Allocate(long offset, long length, Allocation mode)
    {
        Errno errno;
        long now = Tree.Clock.Now();
        _latch.Enter();
        try
        {
            errno = BeginWrite(out FileNode? node);
            if (node is not null)
            {
                long before = node.Content.Allocated;
                errno = mode switch
                {
                    Allocation.Extend => node.Content.Allocate(offset, length, keepsSize: false),
                    Allocation.KeepSize => node.Content.Allocate(offset, length, keepsSize: true),
                    Allocation.PunchHole => node.Content.PunchHole(offset, length),
                    Allocation.ZeroRange => node.Content.ZeroRange(offset, length),
                    _ => Errno.NotSup,
                };
                Account(node, before);
                if (errno == Errno.Success)
                {
                    Touch(node, now);
                }
            }
        }
        finally
        {
            _latch.Exit();
        }

        return errno;
    }

    /// <summary>Copies to a file of the same tree, by sharing pages until one of the two writes them.</summary>
    public Errno CopyRange(OpenFile file, long offset, OpenFile target, long targetOffset, long length, out long count)
    {
        count = 0;
        if (target.Operations is not MemoryFileOperations { File: { } into } || into.FileSystem != FileSystem ||
            !FileContent.IsShareable(offset, targetOffset))
        {
            return Errno.NotSup;
        }

        if (into == this && offset < targetOffset + length && targetOffset < offset + length)
        {
            return Errno.Inval;
        }

        // The one place where two latches are held: the one of the lower number is taken first.
        MemoryFile first = Number <= into.Number ? this : into;
        MemoryFile second = first == this ? into : this;
        long now = Tree.Clock.Now();
        Errno errno;
        first._latch.Enter();
        if (second != first)
        {
            second._latch.Enter();
        }

        try
        {
            errno = into.BeginWrite(out FileNode? node);
            errno = IsStale ? Errno.Stale : errno;
            if (node is not null && errno == Errno.Success)
            {
                // The source is read after that: when both are one file, it is the node to be changed.
                long before = node.Content.Allocated;
                errno = node.Content.CopyFrom(ref File.Content, offset, targetOffset, length, out count);
                into.Account(node, before);
                if (count > 0)
                {
                    Touch(node, now);
                }
            }
        }
        finally
        {
            if (second != first)
            {
                second._latch.Exit();
            }

            first._latch.Exit();
        }

        if (count > 0 && !ReferenceEquals(file.State, KeepAccessTime))
        {
            TouchAccess();
        }

        return errno;
    }
}
