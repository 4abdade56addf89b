using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes.Programs;

/// <summary>Finds what an exec names: along a search path, through the interpreters of scripts, to a program with what it is given.</summary>
/// <param name="process">What is to run it.</param>
/// <param name="thread">Who asks.</param>
internal sealed class ProgramFinder(Process process, GuestThread thread)
{
    /// <summary>Interpreters of interpreters (execve(2)).</summary>
    private const int MostInterpreters = 4;

    /// <summary>The first line of a script counts so far (BINPRM_BUF_SIZE).</summary>
    private const int LineBytes = 256;

    private const int NameBytes = 15;

    /// <summary>Who the process is once it runs it.</summary>
    internal Credentials Credentials { get; private set; } = process.Credentials;

    /// <summary>Finds a program.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="image">The program.</param>
    /// <returns>What execve answers.</returns>
    internal Errno Find(ExecRequest request, out ProgramImage? image)
    {
        image = null;
        ByteStrings variables = request.Variables ?? process.Variables;
        List<byte[]> arguments = [.. Enumerable.Range(0, request.Arguments.Count).Select(index => request.Arguments[index].ToArray())];
        if (arguments.Count == 0)
        {
            // Programs take it for granted that there is a name (Linux 5.18).
            arguments.Add([]);
        }

        if (SizeOf(arguments) + variables.Block.Length > process.Kernel.Limits.ArgumentBytes)
        {
            return Errno.TooBig;
        }

        Errno errno = Search(request, out byte[] path, out OpenFile? file);
        ReadOnlyMemory<byte> name = NameOf(path);
        Span<byte> start = stackalloc byte[LineBytes];
        for (int depth = 0; errno == Errno.Success; depth++)
        {
            using FileHold hold = new(file!);
            Span<byte> line = start;
            errno = ReadLine(file!, ref line);
            if (errno != Errno.Success)
            {
                return errno;
            }

            if (!line.StartsWith("#!"u8))
            {
                return Load(file!, path, name, arguments, variables, out image);
            }

            if (depth == MostInterpreters)
            {
                return Errno.Loop;
            }

            errno = Interpret(line, ref path, arguments);
            if (errno == Errno.Success && SizeOf(arguments) + variables.Block.Length > process.Kernel.Limits.ArgumentBytes)
            {
                errno = Errno.TooBig;
            }

            errno = errno == Errno.Success ? Open(path, out file) : errno;
        }

        return errno;
    }

    private static long SizeOf(List<byte[]> strings) => strings.Sum(text => (long)text.Length + 1);

    private static ReadOnlyMemory<byte> NameOf(byte[] path)
    {
        ReadOnlyMemory<byte> name = path.AsMemory(path.AsSpan().LastIndexOf((byte)'/') + 1);
        return name.Length > NameBytes ? name[..NameBytes] : name;
    }

    /// <summary>The start of a file, which need not be one that can be read from anywhere.</summary>
    private static Errno ReadLine(OpenFile file, ref Span<byte> line)
    {
        if (file.Operations is ProgramOperations)
        {
            line = default;
            return Errno.Success;
        }

        int done = 0;
        while (done < line.Length)
        {
            Errno errno = file.Operations.ReadAt(file, line[done..], done, out int count);
            if (errno != Errno.Success)
            {
                return errno;
            }

            if (count == 0)
            {
                break;
            }

            done += count;
        }

        line = line[..done];
        return Errno.Success;
    }

    /// <summary>Puts the interpreter that a script names, and what that is told, before the script's own arguments.</summary>
    private static Errno Interpret(ReadOnlySpan<byte> line, ref byte[] path, List<byte[]> arguments)
    {
        line = line[2..];
        int end = line.IndexOf((byte)'\n');
        bool isCut = end < 0 && line.Length == LineBytes - 2;
        line = (end < 0 ? line : line[..end]).Trim(" \t\0"u8);
        int length = line.IndexOfAny(" \t\0"u8);

        // An interpreter that may go on beyond what was read is none.
        if (line.IsEmpty || (length < 0 && isCut))
        {
            return Errno.NoExec;
        }

        byte[] interpreter = (length < 0 ? line : line[..length]).ToArray();
        ReadOnlySpan<byte> argument = length < 0 ? default : line[length..].Trim(" \t\0"u8);
        int zero = argument.IndexOf((byte)0);
        argument = zero < 0 ? argument : argument[..zero];
        arguments[0] = path;
        if (!argument.IsEmpty)
        {
            arguments.Insert(0, argument.ToArray());
        }

        arguments.Insert(0, interpreter);
        path = interpreter;
        return Errno.Success;
    }

    /// <summary>Opens what is named, or what is first found of it along the search path, as execvp does.</summary>
    private Errno Search(ExecRequest request, out byte[] path, out OpenFile? file)
    {
        path = request.Path;
        if (request.SearchPath is null || path.Length == 0 || path.AsSpan().Contains((byte)'/'))
        {
            return Open(path, out file);
        }

        file = null;
        if (path.Length > process.Kernel.Limits.NameBytes)
        {
            return Errno.NameTooLong;
        }

        Errno refused = Errno.NoEnt;
        byte[] directories = request.SearchPath;
        foreach (Range range in directories.AsSpan().Split((byte)':'))
        {
            ReadOnlySpan<byte> directory = directories.AsSpan(range);
            path = directory.IsEmpty ? request.Path : [.. directory, (byte)'/', .. request.Path];
            Errno errno = Open(path, out file);
            switch (errno)
            {
                case Errno.Access:
                    refused = errno;
                    break;
                case Errno.NoEnt or Errno.NotDir:
                    break;
                default:
                    return errno;
            }
        }

        return refused;
    }

    private Errno Open(byte[] path, out OpenFile? file)
    {
        OpenRequest request = new(OpenFlags.Execute, AccessModes.Read);
        return process.Kernel.Files.Open(new PathReference(process, null, path, PathFlags.Follow), request, out file);
    }

    private Errno Load(OpenFile file, byte[] path, ReadOnlyMemory<byte> name, List<byte[]> arguments, ByteStrings variables, out ProgramImage? image)
    {
        image = null;
        byte[] absolute = Absolute(path);
        bool isKnown = file.Operations.Stat(file, out FileStat before) == Errno.Success;
        Errno errno = Load(file, absolute, out Program? program);
        if (errno != Errno.Success)
        {
            return errno;
        }

        image = new ProgramImage(program!, absolute, ByteStrings.Of(arguments), variables) { Name = name };

        // Loading takes its time: a file that was changed meanwhile may have been loaded as what it was, and lends nobody's rights.
        bool honours = isKnown && file.Operations.Stat(file, out FileStat stat) == Errno.Success && IsSame(before, stat) && (process.Kernel.Files.StatFileSystem(process, file, out FileSystemStat system) != Errno.Success || (system.Flags & MountFlags.NoSetId) == 0);
        Credentials = CredentialRules.AfterExec(process.Credentials, before, honours);
        return Errno.Success;
    }

    private static bool IsSame(in FileStat before, in FileStat after) =>
        before.Mode == after.Mode && before.UserId == after.UserId && before.GroupId == after.GroupId
        && before.ModifyTime == after.ModifyTime && before.ChangeTime == after.ChangeTime;

    /// <summary>A program may have to be compiled, which is no doing of the guest's.</summary>
    private Errno Load(OpenFile file, byte[] path, out Program? program)
    {
        using HostWork work = thread.Waiter.BeginHostWork();
        return process.Kernel.Programs.Load(process, file, path, out program);
    }

    private byte[] Absolute(byte[] path)
    {
        if (path[0] == (byte)'/')
        {
            return path;
        }

        byte[] directory = new byte[process.Kernel.Limits.PathBytes];
        return process.Kernel.Files.WorkingDirectory(process, directory, out int count) != Errno.Success ? path
            : count == 1 ? [(byte)'/', .. path]
            : [.. directory.AsSpan(0, count), (byte)'/', .. path];
    }

    private readonly ref struct FileHold(OpenFile file)
    {
        public void Dispose() => file.Release();
    }
}
