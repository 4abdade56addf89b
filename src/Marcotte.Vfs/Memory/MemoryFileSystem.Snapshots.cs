using System.Collections.Immutable;
using Marcotte.Core;

namespace Marcotte.Vfs.Memory;

/// <content>Snapshots.</content>
public sealed partial class MemoryFileSystem
{
    private const ulong RootNumber = 1;

    /// <summary>Makes a tree that belongs to no box, for a host to fill and to take a snapshot of.</summary>
    /// <param name="snapshot">What is in it; null for its root alone.</param>
    /// <param name="limits">What it may hold: <see cref="Limits.FileBytes"/> and <see cref="Limits.Inodes"/>; null for the default ones.</param>
    /// <param name="time">The time that files are stamped with; null for 1970.</param>
    /// <returns>The tree; the caller disposes it, which its snapshots outlive.</returns>
    /// <exception cref="ArgumentException">The snapshot has more inodes than the limits allow.</exception>
    public static MemoryFileSystem Detached(TreeSnapshot? snapshot = null, Limits? limits = null, TimeProvider? time = null)
    {
        Kernel kernel = new(limits ?? Limits.Default);
        kernel.Clock = time is null ? BoxClock.None : new ProvidedClock(time);
        return Detached(kernel, snapshot, null);
    }

    /// <summary>Keeps the tree as it is now, at once, however large it is.</summary>
    /// <returns>
    /// The snapshot: all names as they are at one moment. A write to a file that has begun may be in it, whole, or not. Files
    /// without a name are not in it. Reading a file alone changes nothing in it: a time of access is the one that the file
    /// had when it was last changed.
    /// </returns>
    /// <remarks>Guests may run meanwhile. What they change thereafter is copied once, a page, a file's node or a directory's table of names at a time.</remarks>
    public TreeSnapshot Snapshot()
    {
        lock (TreeLock)
        {
            Generation ended = _generation;
            ImmutableDictionary<ulong, MemoryNode> newer = ended.SealLocked();
            Incarnation incarnation = ended.Incarnation;
            Volatile.Write(ref _generation, new Generation(incarnation, newer));
            return new TreeSnapshot(
                (DirectoryNode)_root.Node, newer, (ulong)Volatile.Read(ref _lastNumber), incarnation.NamesLocked, incarnation.ContentBytes);
        }
    }

    /// <summary>
    /// Makes the tree what a snapshot is, at once. Charges are those of the snapshot then. The root stays; whatever else was open or
    /// held before answers <see cref="Errno.Stale"/>, as when a server of NFS loses a file.
    /// </summary>
    /// <param name="snapshot">What the tree becomes; it may be another tree's.</param>
    /// <exception cref="ArgumentException">The snapshot has more inodes than the box may have; nothing is changed then.</exception>
    /// <remarks>
    /// A mount within the tree, and a rule over a part of it, stays attached to the directory of the same number. Where the snapshot
    /// has none, nothing leads there, and <c>..</c> from the mount is stale.
    /// </remarks>
    public void Restore(TreeSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        lock (TreeLock)
        {
            Generation ended = _generation;
            Incarnation incarnation = new(this, Clock.Now()) { NamesLocked = snapshot.Count };
            if (!ended.Incarnation.TryGiveWay(snapshot.Count, incarnation))
            {
                throw TooManyInodes(snapshot);
            }

            incarnation.AddContent(snapshot.Bytes);
            _lastNumber = Math.Max(_lastNumber, (long)snapshot.LastNumber);

            // The root's node and incarnation come first: nobody can thaw it before the generation is there, for want of the lock.
            _root.RestoreLocked(snapshot.Root, incarnation);
            Volatile.Write(ref _generation, new Generation(incarnation, snapshot.Newer));
            ended.SealLocked();
            ended.Incarnation.Close();
        }
    }

    /// <summary>The directory of a number, which came with the snapshot that the tree was restored to.</summary>
    internal MemoryDirectory? FindDirectory(ulong number)
    {
        lock (TreeLock)
        {
            Incarnation incarnation = _generation.Incarnation;
            if (incarnation.FindHandle(number) is null && !incarnation.KnowsDirectoriesLocked)
            {
                // Once: no other one comes with a number of before.
                incarnation.KnowsDirectoriesLocked = true;
                Stack<MemoryDirectory> directories = new([_root]);
                while (directories.TryPop(out MemoryDirectory? directory))
                {
                    directory.PushDirectoriesLocked(directories);
                }
            }

            return incarnation.FindHandle(number) as MemoryDirectory;
        }
    }

    /// <summary>A tree over quotas and a clock of its own.</summary>
    internal static MemoryFileSystem Detached(Kernel kernel, TreeSnapshot? snapshot, long? maxBytes) =>
        snapshot is null ? new MemoryFileSystem(kernel, maxBytes) : new MemoryFileSystem(kernel, snapshot, maxBytes);

    private ArgumentException TooManyInodes(TreeSnapshot snapshot) => new(
        $"The snapshot has {snapshot.Count} inodes, and {InodeQuota.Used} of {InodeQuota.Limit} are in use. Raise Limits.Inodes.",
        nameof(snapshot));

    /// <summary>The time that a host gives.</summary>
    private sealed class ProvidedClock(TimeProvider time) : BoxClock
    {
        public override TimeProvider TimeProvider => time;

        public override bool RunsOnHostTime => false;

        public override long Realtime() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
    }
}
