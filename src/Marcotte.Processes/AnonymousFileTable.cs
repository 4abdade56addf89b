using Marcotte.Core;

namespace Marcotte.Processes;

/// <summary>A box's pipes, events and terminals.</summary>
/// <param name="kernel">The box.</param>
internal sealed partial class AnonymousFileTable(Kernel kernel) : AnonymousFiles
{
    /// <summary>A number that no mounted file system has.</summary>
    private const ulong PipeDevice = 0xFFFF_0001;

    private long _inodes;

    /// <summary>Pipes and FIFOs that are open.</summary>
    internal Quota Pipes { get; } = new(kernel.Limits.Pipes);

    internal int PipeBytes => kernel.Limits.PipeBytes;

    public override Errno Pipe(Process process, StatusFlags status, out OpenFile? reader, out OpenFile? writer)
    {
        reader = writer = null;
        if (!Pipes.TryCharge(1))
        {
            return Errno.NFile;
        }

        Pipe pipe = new(PipeBytes);
        pipe.Ends.Open(AccessModes.ReadWrite);
        FileStat stat = Describe(process);
        reader = new OpenFile(new PipeFile(pipe, AccessModes.Read, stat, Closed), AccessModes.Read, status);
        writer = new OpenFile(new PipeFile(pipe, AccessModes.Write, stat, Closed), AccessModes.Write, status);
        return Errno.Success;
    }

    public override SpecialFile? Fifo(Kernel box) => new Fifo(this);

    public override Errno GetPipeBytes(OpenFile file, out int bytes)
    {
        bytes = (file.Operations as PipeFile)?.Pipe.Capacity ?? 0;
        return bytes > 0 ? Errno.Success : Errno.BadF;
    }

    public override Errno SetPipeBytes(OpenFile file, int bytes)
    {
        if (file.Operations is not PipeFile end)
        {
            return Errno.BadF;
        }

        if (bytes < 0)
        {
            return Errno.Inval;
        }

        uint rounded = System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(bytes, Processes.Pipe.AtomicBytes));
        return rounded > (uint)PipeBytes ? Errno.Perm : end.Pipe.Resize((int)rounded);
    }

    public override Errno Splice(OpenFile source, long? offset, OpenFile target, long? targetOffset, long length, out long count) =>
        Splicing.Move(source, offset, target, targetOffset, length, out count);

    /// <summary>What is told of a new pipe: an inode of its own, its maker's, as Linux's pipefs has it.</summary>
    internal FileStat Describe(Process process)
    {
        long now = kernel.Clock.Realtime();
        return new FileStat
        {
            Device = PipeDevice,
            Inode = (ulong)Interlocked.Increment(ref _inodes),
            Type = FileType.Fifo,
            Mode = 0x180,
            Links = 1,
            UserId = process.Credentials.UserId,
            GroupId = process.Credentials.GroupId,
            AccessTime = now,
            ModifyTime = now,
            ChangeTime = now,
        };
    }

    private void Closed() => Pipes.Refund(1);
}
