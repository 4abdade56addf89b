namespace Marcotte.Core;

/// <summary>Runs programs in a box: makes images of files, and gives guest threads something to run on. The host that composes boxes fulfils it.</summary>
public abstract class ProgramLoader
{
    /// <summary>What a box has that runs its first program alone.</summary>
    public static ProgramLoader None { get; } = new NoPrograms();

    /// <summary>Makes an image of a file that was opened to be run.</summary>
    /// <param name="process">Who is to run it.</param>
    /// <param name="file">The file; the caller keeps it.</param>
    /// <param name="program">The program.</param>
    /// <returns>
    /// <see cref="Errno.NoExec"/> for what is no program, or imports what the box does not offer; <see cref="Errno.NoMem"/> for one
    /// larger than <see cref="Limits.ProgramBytes"/>.
    /// </returns>
    public virtual Errno Load(Process process, OpenFile file, out Program? program)
    {
        program = null;
        return Errno.NoSys;
    }

    /// <summary>Makes an image of a file that was opened to be run, and that traps call by its path.</summary>
    /// <param name="process">Who is to run it.</param>
    /// <param name="file">The file; the caller keeps it.</param>
    /// <param name="path">The file's path.</param>
    /// <param name="program">The program.</param>
    /// <returns>As <see cref="Load(Process, OpenFile, out Program?)"/>.</returns>
    public virtual Errno Load(Process process, OpenFile file, ReadOnlySpan<byte> path, out Program? program) => Load(process, file, out program);

    /// <summary>Runs a guest thread on a thread of the host's own, with all that its process may run after it.</summary>
    /// <param name="execution">The guest thread. Once this has succeeded it is disposed when it has ended.</param>
    /// <returns><see cref="Errno.Again"/> when the host has no thread to give.</returns>
    public virtual Errno Start(Execution execution) => Errno.NoSys;

    private sealed class NoPrograms : ProgramLoader;
}

/// <summary>What a process can run: a module that was compiled, or code of the host's. Shared by all processes that run it.</summary>
public abstract class Program
{
    /// <summary>What traps and listings call it.</summary>
    public abstract string Name { get; }

    /// <summary>Makes a process's first thread of it; nothing of it runs yet.</summary>
    /// <param name="process">The process.</param>
    /// <param name="execution">The thread.</param>
    /// <returns><see cref="Errno.NoMem"/> when there is no room for it.</returns>
    public abstract Errno Prepare(Process process, out Execution? execution);
}

/// <summary>A program with what it is given: what exec makes of a process.</summary>
/// <param name="Program">The program.</param>
/// <param name="Path">The file it is from, from the root of the process.</param>
/// <param name="Arguments">Its arguments, its own name first.</param>
/// <param name="Variables">Its variables, each KEY=VALUE.</param>
public sealed record ProgramImage(Program Program, byte[] Path, ByteStrings Arguments, ByteStrings Variables)
{
    /// <summary>The process's short name from then on (comm); empty for what the path ends with.</summary>
    public ReadOnlyMemory<byte> Name { get; init; }
}
