using Marcotte.Core;

namespace Marcotte.Vfs.Watching;

/// <summary>Which inode of the box: its file system and its number.</summary>
internal readonly record struct InodeKey(ulong Device, ulong Number)
{
    public static InodeKey Of(Inode inode) => new(inode.FileSystem.Device, inode.Number);
}

/// <summary>One watched inode of one watcher. It holds a reference, so that the number means no other file meanwhile.</summary>
internal sealed class Watch(Watcher watcher, int number, Inode inode, WatchEvents events, long order)
{
    public Watcher Watcher => watcher;

    public int Number => number;

    public Inode Inode => inode;

    /// <summary>How many watches the table had taken on when it took on this one, itself included.</summary>
    public long Order => order;

    /// <summary>What it is watched for, and how.</summary>
    public WatchEvents Events { get; set; } = events;
}

/// <summary>Who is told what happens to watched inodes.</summary>
internal abstract class Watcher
{
    /// <summary>Its watches by number; guarded by the table's lock.</summary>
    public Dictionary<int, Watch> Watches { get; } = [];

    public int LastNumber { get; set; }

    /// <summary>Something happened. The table's lock is held: nothing may be called from here that could come back to it.</summary>
    public abstract void TellLocked(int watch, WatchEvents events, uint cookie, ReadOnlySpan<byte> name);
}
