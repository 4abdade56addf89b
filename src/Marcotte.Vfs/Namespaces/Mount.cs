using Marcotte.Core;
using Marcotte.Vfs.Watching;

namespace Marcotte.Vfs;

/// <summary>A file system attached at a name of a directory of another mount, or at the top.</summary>
/// <remarks>
/// <para>
/// What is attached where is an array that is replaced whole: a walk reads it without a lock. A mount point is a pair of
/// directory and name, so it needs nothing below it, stays where it is when the directory is renamed, and <c>..</c> from the
/// mount's root is that directory.
/// </para>
/// <para>
/// A rule over a part of a mount (<see cref="PathGuard"/>) is a mount too, of the same file system, so that whatever is reached
/// through its name carries it in its location. It covers nothing: what its name means is looked up each time, and may be
/// nothing yet. It shares what is attached with the mount that it is a part of.
/// </para>
/// </remarks>
public sealed class Mount : FileOrigin
{
    private readonly Lock _lock = new();
    private readonly Mount _whole;
    private Mount[] _children = [];
    private AwaitedRule[] _awaited = [];
    private Inode? _continued;
    private WatchTable? _watches;
    private ulong _mask;

    /// <summary>Attaches; what was cloned for another namespace is of the same tree.</summary>
    internal Mount(FileSystem fileSystem, MountFlags flags, Mount? parent, Inode? directory, byte[] name, Mount? original = null)
        : base(parent ?? original)
    {
        _whole = this;
        FileSystem = fileSystem;
        Root = fileSystem.Root;
        Flags = fileSystem.IsReadOnly ? flags | MountFlags.ReadOnly : flags;
        Parent = parent;
        Directory = directory;
        Name = name;
        Guard = parent?.Guard;
    }

    /// <summary>A part of another mount, under a rule.</summary>
    internal Mount(Mount outer, Inode directory, byte[] name)
        : base(outer)
    {
        _whole = outer._whole;
        FileSystem = outer.FileSystem;
        Root = outer.Root;
        Flags = outer.Flags;
        Parent = outer;
        Directory = directory;
        Name = name;
        Guard = outer.Guard;
    }

    /// <summary>What is mounted.</summary>
    public FileSystem FileSystem { get; }

    /// <summary>Its root.</summary>
    public Inode Root { get; }

    /// <summary>What it allows less of than its files do.</summary>
    public MountFlags Flags { get; }

    /// <summary>Whether nothing can be changed through it.</summary>
    public bool IsReadOnly => (Flags & MountFlags.ReadOnly) != 0;

    /// <summary>The mount it is attached to; null at the top.</summary>
    public Mount? Parent { get; internal set; }

    /// <summary>The directory of <see cref="Parent"/> that it is attached in.</summary>
    internal Inode? Directory { get; }

    /// <summary>The name it is attached at.</summary>
    internal byte[] Name { get; }

    /// <summary>The rule over what is reached through it; null for none.</summary>
    internal PathGuard? Guard { get; private set; }

    /// <summary>Whether it is a part of another mount, under a rule.</summary>
    internal bool IsPart => !ReferenceEquals(_whole, this);

    /// <summary>The mount that it is a part of; itself when it is none.</summary>
    internal Mount Whole => _whole;

    /// <summary>What is attached to it, parts included.</summary>
    internal ReadOnlySpan<Mount> Children => Volatile.Read(ref _whole._children);

    /// <summary>Whether anything is attached in a directory of this mount.</summary>
    internal bool HasMountsIn(Inode directory)
    {
        if (MayHaveMountsIn(directory))
        {
            foreach (Mount child in Children)
            {
                if (child.Directory!.Number == directory.Number)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Told apart by one bit for each attached mount's directory, by its number, which spares most directories the search.</summary>
    internal bool MayHaveMountsIn(Inode directory) => ((_whole._mask >> (int)(directory.Number & 63)) & 1) != 0;

    /// <summary>What is attached at a name of a directory of this mount.</summary>
    internal Mount? MountAt(Inode directory, ReadOnlySpan<byte> name)
    {
        foreach (Mount child in Children)
        {
            if (child.Directory!.Number == directory.Number && name.SequenceEqual(child.Name))
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>Files of the whole tree that are open already are told to a table from now on.</summary>
    internal void BeginWatching(WatchTable watches)
    {
        ((Mount)Tree)._watches = watches;
        BeginWatching();
    }

    /// <inheritdoc/>
    protected override FileEvents? EventsOf(OpenFile file) => Told(file);

    /// <summary>Who is told of a file that was opened here before anybody watched.</summary>
    internal FileEvents? Told(OpenFile file) => OpenFileEvents.OfEarlier(((Mount)Tree)._watches!, file);

    /// <summary>Describes what is mounted, and what the mount allows.</summary>
    internal Errno Describe(out FileSystemStat stat)
    {
        Errno errno = FileSystem.Stat(out stat);
        stat.Device = FileSystem.Device;
        stat.Flags |= Flags;
        return errno;
    }

    internal void Attach(Mount child)
    {
        lock (_whole._lock)
        {
            AttachLocked(child);
        }
    }

    /// <summary>Takes a rule on for names beneath this part's own; for none, it lies on the part.</summary>
    internal void Await(ReadOnlyMemory<byte[]> names, PathGuard guard)
    {
        if (names.IsEmpty)
        {
            SetGuard(guard);
        }
        else
        {
            _awaited = [.. _awaited, new AwaitedRule(names, guard)];
        }
    }

    /// <summary>
    /// Goes on where the names of a rule end for now: this part's name has come to mean a directory, and the next name lies in
    /// that. Nothing is moved to the name of a part (EBUSY), so nobody has come in there another way.
    /// </summary>
    internal void Continue(Inode directory)
    {
        if (_awaited.Length == 0 || Volatile.Read(ref _continued)?.Number == directory.Number)
        {
            return;
        }

        lock (_whole._lock)
        {
            if (_continued?.Number == directory.Number)
            {
                return;
            }

            // What was attached in a directory that is no more may be in use by a walk: the garbage collector has it.
            Inode? before = _continued;
            Volatile.Write(ref _whole._children, [.. _whole._children.Where(child => before is null || !ReferenceEquals(child.Directory, before))]);
            directory.Acquire();
            foreach (AwaitedRule rule in _awaited)
            {
                byte[] name = rule.Names.Span[0];
                Mount? part = MountAt(directory, name);
                if (part is null)
                {
                    part = new Mount(this, directory, name);
                    AttachLocked(part);
                }

                part.Await(rule.Names[1..], rule.Guard);
            }

            Volatile.Write(ref _continued, directory);
        }
    }

    /// <summary>Makes the same part of another mount.</summary>
    internal Mount CopyTo(Mount outer)
    {
        Mount copy = new(outer, Directory!.Acquire(), Name) { _awaited = _awaited };
        outer.Attach(copy);
        return copy;
    }

    private void AttachLocked(Mount child)
    {
        Volatile.Write(ref _whole._children, [.. _whole._children, child]);
        _whole._mask |= 1UL << (int)(child.Directory!.Number & 63);
    }

    /// <summary>Puts it under a rule, and what is attached to it and has no rule of its own.</summary>
    internal void SetGuard(PathGuard guard)
    {
        PathGuard? before = Guard;
        Guard = guard;
        foreach (Mount child in Children)
        {
            if (ReferenceEquals(child.Parent, this) && ReferenceEquals(child.Guard, before))
            {
                child.SetGuard(guard);
            }
        }
    }

    /// <summary>A rule on names of which not even the directory was there.</summary>
    private sealed record AwaitedRule(ReadOnlyMemory<byte[]> Names, PathGuard Guard);
}
