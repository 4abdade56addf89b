using System.Collections.Concurrent;
using System.Text;
using Marcotte.Core;

namespace Marcotte;

/// <summary>What runs further programs in one box.</summary>
internal sealed class BoxPrograms(ProgramStore store, HostThreads threads) : ProgramLoader
{
    /// <summary>A file that was changed so short a time before it was read may have been changed again with the same times.</summary>
    private const long SettledNanoseconds = 50_000_000;

    private const int KnownFiles = 1024;

    private ConcurrentDictionary<FileState, Program>? _known;

    public override Errno Start(Execution execution) => threads.TryStart(execution) ? Errno.Success : Errno.Again;

    public override Errno Load(Process process, OpenFile file, out Program? program) => Load(process, file, process.ProgramPath.Span, out program);

    public override Errno Load(Process process, OpenFile file, ReadOnlySpan<byte> path, out Program? program)
    {
        if (file.Operations is ProgramOperations hosted)
        {
            program = hosted.Program is PlacedModule placed ? Find(placed) : hosted.Program;
            return program is null ? Errno.NoExec : Errno.Success;
        }

        program = null;
        Errno errno = file.Operations.Stat(file, out FileStat stat);
        if (errno != Errno.Success)
        {
            return errno;
        }

        FileState state = new(stat.Device, stat.Inode, stat.Size, stat.ModifyTime, stat.ChangeTime);
        if (_known?.TryGetValue(state, out program) ?? false)
        {
            return Errno.Success;
        }

        errno = Read(process, file, stat.Size, out byte[] content);
        if (errno != Errno.Success)
        {
            return errno;
        }

        program = store.Get(Encoding.UTF8.GetString(path), content);
        if (program is null)
        {
            return Errno.NoExec;
        }

        BoxClock clock = process.Kernel.Clock;
        if (clock.RunsOnHostTime && clock.Realtime() - stat.ChangeTime > SettledNanoseconds)
        {
            Remember(state, program);
        }

        return Errno.Success;
    }

    internal Program? Find(PlacedModule placed) => store.Find(placed);

    private void Remember(FileState state, Program program)
    {
        ConcurrentDictionary<FileState, Program> known = _known ?? Interlocked.CompareExchange(ref _known, new(), null) ?? _known;
        if (known.Count < KnownFiles)
        {
            known[state] = program;
        }
    }

    private static Errno Read(Process process, OpenFile file, long size, out byte[] content)
    {
        content = [];
        if (size > process.Kernel.Limits.ProgramBytes)
        {
            return Errno.NoMem;
        }

        byte[] bytes = new byte[size];
        int done = 0;
        while (done < bytes.Length)
        {
            Errno errno = file.Operations.ReadAt(file, bytes.AsSpan(done), done, out int count);
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

        content = bytes[..done];
        return content.AsSpan().StartsWith("\0asm"u8) ? Errno.Success : Errno.NoExec;
    }

    /// <summary>What a file is known by as long as nobody has changed it.</summary>
    private readonly record struct FileState(ulong Device, ulong Inode, long Size, long ModifyTime, long ChangeTime);
}
