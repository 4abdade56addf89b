using Marcotte.Core.Waiting;

namespace Marcotte.Core;

/// <summary>
/// What can be done with an open file; a file system, a pipe, a socket or a device derives from this. One instance may
/// serve any number of open files, from any thread.
/// </summary>
/// <remarks>
/// Nothing here waits: what cannot complete answers <see cref="Errno.Again"/>, and <see cref="Queue"/> wakes whoever
/// should try again. A method that is not overridden answers the errno that POSIX gives for a file that cannot do it,
/// so that adding a method is a minor version. Access modes are checked by <see cref="OpenFile"/>.
/// </remarks>
public abstract class FileOperations
{
    /// <summary>The kind of file.</summary>
    public abstract FileType Type { get; }

    /// <summary>Whether the file has positions: <see cref="ReadAt"/> and <see cref="WriteAt"/> rather than <see cref="Read"/> and <see cref="Write"/>.</summary>
    public virtual bool IsSeekable => false;

    /// <summary>Whether it is a terminal (isatty).</summary>
    public virtual bool IsTerminal => Terminal is not null;

    /// <summary>What makes it a terminal; null for what is none, or tells nothing of it.</summary>
    public virtual Terminal? Terminal => null;

    /// <summary>
    /// Whether the opening is complete: a FIFO's lasts until somebody has opened its other end. An ABI that has opened a file without
    /// <see cref="StatusFlags.NonBlocking"/> waits on <see cref="Queue"/> while this answers <see cref="Errno.Again"/>.
    /// </summary>
    /// <param name="file">The open file.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno Opening(OpenFile file) => Errno.Success;

    /// <summary>Reads from a stream.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="buffer">Where the bytes go; never empty.</param>
    /// <param name="count">Bytes read; 0 at the end.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno Read(OpenFile file, Span<byte> buffer, out int count) => Fail(Errno.Inval, out count);

    /// <summary>Writes to a stream, all or a first part.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="buffer">The bytes; never empty.</param>
    /// <param name="count">Bytes written.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, out int count) => Fail(Errno.Inval, out count);

    /// <summary>Reads at a position.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="buffer">Where the bytes go; never empty.</param>
    /// <param name="offset">The position in bytes, not negative.</param>
    /// <param name="count">Bytes read; 0 at or beyond the end.</param>
    /// <returns>The outcome; <see cref="Errno.SPipe"/> by default.</returns>
    public virtual Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count) => Fail(Errno.SPipe, out count);

    /// <summary>Writes at a position.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="buffer">The bytes; never empty.</param>
    /// <param name="offset">The position in bytes, not negative; the sum with the length does not overflow.</param>
    /// <param name="count">Bytes written.</param>
    /// <returns>The outcome; <see cref="Errno.SPipe"/> by default.</returns>
    public virtual Errno WriteAt(OpenFile file, ReadOnlySpan<byte> buffer, long offset, out int count) => Fail(Errno.SPipe, out count);

    /// <summary>Writes at the end, as one step against every other writer.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="buffer">The bytes; never empty.</param>
    /// <param name="end">The position after the last byte written.</param>
    /// <param name="count">Bytes written.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno Append(OpenFile file, ReadOnlySpan<byte> buffer, out long end, out int count)
    {
        end = 0;
        return Fail(Errno.SPipe, out count);
    }

    /// <summary>Finds a position counted from the end, or the next data or hole.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="offset">The offset as the caller gave it.</param>
    /// <param name="whence"><see cref="Whence.End"/>, <see cref="Whence.Data"/> or <see cref="Whence.Hole"/>.</param>
    /// <param name="position">The position; a negative one is refused by the caller.</param>
    /// <returns>The outcome; <see cref="Errno.NxIO"/> when there is no data from the offset on.</returns>
    public virtual Errno Seek(OpenFile file, long offset, Whence whence, out long position)
    {
        position = 0;
        return Errno.SPipe;
    }

    /// <summary>Describes the inode.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="stat">What is known.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno Stat(OpenFile file, out FileStat stat)
    {
        stat = new FileStat { Type = Type, Links = 1, Mode = 0x180 };
        return Errno.Success;
    }

    /// <summary>Cuts or extends to a length; what is added reads as zero.</summary>
    /// <param name="file">The open file, writable.</param>
    /// <param name="size">The length in bytes, not negative.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno SetSize(OpenFile file, long size) => Errno.Inval;

    /// <summary>Makes room so that writing there cannot fail for lack of it, or takes it away (fallocate).</summary>
    /// <param name="file">The open file, writable.</param>
    /// <param name="offset">Where the range begins, not negative.</param>
    /// <param name="length">How long it is, above zero; the sum does not overflow.</param>
    /// <param name="mode">What becomes of the range.</param>
    /// <returns>The outcome; <see cref="Errno.NotSup"/> for a mode that the file system cannot do.</returns>
    public virtual Errno Allocate(OpenFile file, long offset, long length, Allocation mode) => Errno.SPipe;

    /// <summary>Copies a range to another file without the bytes passing through the caller, where the two can do that.</summary>
    /// <param name="file">The open file, readable.</param>
    /// <param name="offset">Where the range begins, not negative.</param>
    /// <param name="target">Where it goes; writable, and not the same range of the same file.</param>
    /// <param name="targetOffset">Where it goes there, not negative.</param>
    /// <param name="length">How long it is, above zero; the sums do not overflow.</param>
    /// <param name="count">Bytes copied; fewer at the end of the file.</param>
    /// <returns>The outcome; <see cref="Errno.NotSup"/>, the default, has the caller copy by reading and writing.</returns>
    public virtual Errno CopyRange(OpenFile file, long offset, OpenFile target, long targetOffset, long length, out long count)
    {
        count = 0;
        return Errno.NotSup;
    }

    /// <summary>Sets the times of access and modification.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="times">The times.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno SetTimes(OpenFile file, in TimeUpdate times) => Errno.NotSup;

    /// <summary>Changes the permission bits (fchmod). Whose file it is has been checked.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="mode">The low twelve bits of st_mode.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno SetMode(OpenFile file, ushort mode) => Errno.Inval;

    /// <summary>Changes owner and group (fchown). Whether the process may has been checked.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="owner">The new ones.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno SetOwner(OpenFile file, OwnerUpdate owner) => Errno.Inval;

    /// <summary>Describes the file system (fstatvfs).</summary>
    /// <param name="file">The open file.</param>
    /// <param name="stat">What is known.</param>
    /// <returns>The outcome; <see cref="Errno.NoSys"/> for what is in none.</returns>
    public virtual Errno StatFileSystem(OpenFile file, out FileSystemStat stat)
    {
        stat = default;
        return Errno.NoSys;
    }

    /// <summary>Brings what was written to the medium.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="dataOnly">Whether metadata that is not needed to read the data may wait (fdatasync).</param>
    /// <returns>The outcome; <see cref="Errno.Inval"/> for what has no medium.</returns>
    public virtual Errno Sync(OpenFile file, bool dataOnly) => Errno.Inval;

    /// <summary>The next entry of a directory.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="cookie">0 for the first, else <see cref="DirectoryEntry.Next"/> of the entry before.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>The outcome; <see cref="Errno.NotDir"/> by default.</returns>
    public virtual Errno ReadEntry(OpenFile file, ulong cookie, out DirectoryEntry entry)
    {
        entry = default;
        return Errno.NotDir;
    }

    /// <summary>Asked before the status flags change.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="flags">The flags to be.</param>
    /// <returns>Success to let them change.</returns>
    public virtual Errno SetStatus(OpenFile file, StatusFlags flags) => Errno.Success;

    /// <summary>What the file is ready for now.</summary>
    /// <param name="file">The open file.</param>
    /// <returns>Readiness; files that never wait are always ready.</returns>
    public virtual Readiness Poll(OpenFile file) => Readiness.In | Readiness.Out;

    /// <summary>Bytes that a read would find now (FIONREAD).</summary>
    /// <param name="file">The open file.</param>
    /// <param name="count">How many.</param>
    /// <returns>The outcome; <see cref="Errno.NoTty"/> for what cannot tell.</returns>
    public virtual Errno Readable(OpenFile file, out int count) => Fail(Errno.NoTty, out count);

    /// <summary>Wakes whoever waits for readiness to change; null when it never does.</summary>
    /// <param name="file">The open file.</param>
    /// <returns>The queue.</returns>
    public virtual WaitQueue? Queue(OpenFile file) => null;

    /// <summary>The last descriptor of the open file is gone.</summary>
    /// <param name="file">The open file.</param>
    public virtual void Release(OpenFile file)
    {
    }

    private protected static Errno Fail(Errno errno, out int count)
    {
        count = 0;
        return errno;
    }
}
