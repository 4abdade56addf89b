using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>A file: of any kind, under any number of names.</summary>
/// <remarks>
/// <para>
/// The walker resolves paths: it follows links, crosses mounts, checks permissions and read-only mounts. An inode sees
/// single checked names (<see cref="FileSystem"/> says which) and never follows a link. What is not overridden answers the
/// errno that POSIX gives for a file that cannot do it, so that adding a method is a minor version.
/// </para>
/// <para>
/// An inode that stands for something of the host's is counted: whoever is handed one (by <see cref="Lookup"/>,
/// <see cref="LookupParent"/> or <see cref="Bind"/>) owns a reference and gives it back by <see cref="Release"/>. An inode
/// that is not counted lives as long as the garbage collector lets it, and counting costs it nothing.
/// </para>
/// </remarks>
public abstract partial class Inode
{
    private readonly bool _counted;
    private int _references = 1;

    /// <summary>Makes an inode; of a counted one the maker holds the first reference.</summary>
    /// <param name="fileSystem">The file system it belongs to.</param>
    /// <param name="type">Its kind, which never changes.</param>
    /// <param name="number">Its number (st_ino), which no other inode of the file system has while this one exists.</param>
    /// <param name="counted">Whether references are counted and <see cref="Drop"/> is called with the last one gone.</param>
    protected Inode(FileSystem fileSystem, FileType type, ulong number, bool counted = false)
    {
        FileSystem = fileSystem;
        Type = type;
        Number = number;
        _counted = counted;
    }

    /// <summary>The file system it belongs to.</summary>
    public FileSystem FileSystem { get; }

    /// <summary>Its kind.</summary>
    public FileType Type { get; }

    /// <summary>Its number within the file system. Two inodes with one number are one file.</summary>
    public ulong Number { get; }

    /// <summary>Whether each process sees another file here, as in /dev/fd; the walker then asks <see cref="Bind"/>.</summary>
    public bool IsPerProcess { get; protected init; }

    /// <summary>
    /// What it stands for when it is no data of the tree's own: a FIFO, a socket, a program of the host's. That is then opened in
    /// place of <see cref="Open"/>.
    /// </summary>
    public virtual SpecialFile? Special => null;

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => Type == FileType.Directory;

    /// <summary>Whether references are counted.</summary>
    internal bool IsCounted => _counted;

    /// <summary>Takes one more reference.</summary>
    /// <returns>This inode.</returns>
    public Inode Acquire()
    {
        if (_counted)
        {
            Interlocked.Increment(ref _references);
        }

        return this;
    }

    /// <summary>Takes one more reference unless the last one is gone already.</summary>
    /// <returns>False when it was dropped, as by a close in another thread; nothing is taken then.</returns>
    internal bool TryAcquire()
    {
        if (!_counted)
        {
            return true;
        }

        int references = Volatile.Read(ref _references);
        while (references > 0)
        {
            int seen = Interlocked.CompareExchange(ref _references, references + 1, references);
            if (seen == references)
            {
                return true;
            }

            references = seen;
        }

        return false;
    }

    /// <summary>Gives a reference back.</summary>
    public void Release()
    {
        if (_counted && Interlocked.Decrement(ref _references) == 0)
        {
            Drop();
        }
    }

    /// <summary>Describes it.</summary>
    /// <param name="stat">What is known.</param>
    /// <returns>The outcome.</returns>
    public abstract Errno Stat(out FileStat stat);

    /// <summary>Sets the times of access and modification; of a symbolic link, its own.</summary>
    /// <param name="times">The times.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno SetTimes(in TimeUpdate times) => Errno.NotSup;

    /// <summary>Changes the permission bits. Whether the process may has been checked.</summary>
    /// <param name="mode">The low twelve bits of st_mode.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno SetMode(ushort mode) => Errno.NotSup;

    /// <summary>Changes owner and group; of a symbolic link, its own. Whether the process may has been checked.</summary>
    /// <param name="owner">The new ones.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno SetOwner(OwnerUpdate owner) => Errno.NotSup;

    /// <summary>Opens what is no directory and no symbolic link.</summary>
    /// <param name="request">How. Permissions and read-only mounts have been checked.</param>
    /// <param name="file">The open file; the caller owns its one reference.</param>
    /// <returns>The outcome; <see cref="Errno.NoEnt"/> when its last name went since it was looked up.</returns>
    public virtual Errno Open(in InodeOpen request, out OpenFile? file)
    {
        file = null;
        return Errno.NxIO;
    }

    /// <summary>Reads a symbolic link, cut to the buffer's length.</summary>
    /// <param name="buffer">Where its content goes.</param>
    /// <param name="count">Bytes written.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno ReadLink(Span<byte> buffer, out int count)
    {
        count = 0;
        return Errno.Inval;
    }

    /// <summary>The file that a process sees here.</summary>
    /// <param name="process">The process that walks.</param>
    /// <returns>An inode; a counted one with a reference for the caller, besides the one it has to this.</returns>
    public virtual Inode Bind(Process process) => this;

    /// <summary>The directory of the same number in the tree as it is now: a restored one has another inode for it.</summary>
    /// <param name="present">That directory, with a reference for the caller.</param>
    /// <returns>The outcome; <see cref="Errno.Stale"/> when there is none any more.</returns>
    internal virtual Errno Renew(out Inode? present)
    {
        present = Acquire();
        return Errno.Success;
    }

    /// <summary>The last reference to a counted inode is gone.</summary>
    protected virtual void Drop()
    {
    }
}
