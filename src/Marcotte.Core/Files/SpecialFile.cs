namespace Marcotte.Core;

/// <summary>What a name in a tree stands for that is no data of the tree's own: a FIFO, a socket, a program of the host's.</summary>
public abstract class SpecialFile
{
    /// <summary>The kind of file.</summary>
    public abstract FileType Type { get; }

    /// <summary>Opens it.</summary>
    /// <param name="process">Who opens it; permissions were seen to.</param>
    /// <param name="access">What for.</param>
    /// <param name="status">Status flags.</param>
    /// <param name="operations">What the open file can do; one for this opening alone when it keeps state of its.</param>
    /// <returns>The outcome; <see cref="Errno.NxIO"/> for a FIFO to be written to without waiting that nobody reads, and for a socket.</returns>
    public abstract Errno Open(Process process, AccessModes access, StatusFlags status, out FileOperations? operations);

    /// <summary>Describes it where no tree keeps anything of it: a terminal under /dev.</summary>
    /// <param name="stat">Its owner, its mode and what device it is; the tree says which one it is there.</param>
    /// <returns>The outcome; <see cref="Errno.NoSys"/> for one that the tree that holds it describes.</returns>
    public virtual Errno Stat(out FileStat stat)
    {
        stat = default;
        return Errno.NoSys;
    }
}

/// <summary>A program of the host's with a name in a tree.</summary>
/// <param name="program">The program.</param>
public sealed class ProgramFile(Program program) : SpecialFile
{
    /// <summary>The program.</summary>
    public Program Program => program;

    /// <inheritdoc/>
    public override FileType Type => FileType.Regular;

    /// <inheritdoc/>
    public override Errno Open(Process process, AccessModes access, StatusFlags status, out FileOperations? operations)
    {
        operations = new ProgramOperations(program);
        return (access & AccessModes.Write) == 0 ? Errno.Success : Errno.TxtBsy;
    }
}

/// <summary>An opened program of the host's: it can be run, and reads as empty.</summary>
/// <param name="program">The program.</param>
public class ProgramOperations(Program program) : FileOperations
{
    /// <summary>The program.</summary>
    public Program Program => program;

    /// <inheritdoc/>
    public override FileType Type => FileType.Regular;

    /// <inheritdoc/>
    public override bool IsSeekable => true;

    /// <inheritdoc/>
    public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        return Errno.Success;
    }
}
