using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes;

/// <summary>One opening of a pipe or a FIFO.</summary>
/// <param name="pipe">The pipe; the opening is counted already.</param>
/// <param name="access">What for.</param>
/// <param name="stat">What is told of it.</param>
/// <param name="closed">Called when the pipe's last opening has gone.</param>
internal class PipeFile(Pipe pipe, AccessModes access, FileStat stat, Action closed) : FileOperations
{
    public override FileType Type => FileType.Fifo;

    internal Pipe Pipe => pipe;

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count) => pipe.Read(buffer, out count);

    public override Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, out int count) => pipe.Write(buffer, !file.IsNonBlocking, out count);

    public override Errno Readable(OpenFile file, out int count)
    {
        count = pipe.Count;
        return Errno.Success;
    }

    /// <summary>As Linux's pipe_poll: a reader without writers hangs up, a writer without readers has an error, whatever else they are ready for.</summary>
    public override Readiness Poll(OpenFile file)
    {
        Readiness ready = Readiness.None;
        if ((access & AccessModes.Read) != 0)
        {
            ready |= pipe.Ends.Writers == 0 && HadWriter ? Readiness.HangUp : Readiness.None;
            ready |= pipe.Count > 0 ? Readiness.In : Readiness.None;
        }

        if ((access & AccessModes.Write) != 0)
        {
            ready |= pipe.HasRoom ? Readiness.Out : Readiness.None;
            ready |= pipe.Ends.Readers == 0 ? Readiness.Error : Readiness.None;
        }

        return ready;
    }

    public override WaitQueue? Queue(OpenFile file) => pipe.Ends.Queue(access);

    public override Errno Stat(OpenFile file, out FileStat known)
    {
        known = stat;
        return Errno.Success;
    }

    public override void Release(OpenFile file)
    {
        if (pipe.Ends.Close(access))
        {
            closed();
        }
    }

    /// <summary>Whether there has been a writer to hang up.</summary>
    protected virtual bool HadWriter => true;
}
