using Marcotte.Core;

namespace Marcotte.Processes;

/// <summary>A FIFO in a tree: a pipe as long as somebody has it open.</summary>
internal sealed class Fifo(AnonymousFileTable files) : SpecialFile
{
    private readonly Lock _lock = new();
    private readonly Pipe _pipe = new(files.PipeBytes);
    private int _openings;

    public override FileType Type => FileType.Fifo;

    public override Errno Open(Process process, AccessModes access, StatusFlags status, out FileOperations? operations)
    {
        operations = null;
        bool waits = (status & StatusFlags.NonBlocking) == 0;
        lock (_lock)
        {
            if (access == AccessModes.Write && !waits && _pipe.Ends.Readers == 0)
            {
                return Errno.NxIO;
            }

            if (_openings == 0 && !files.Pipes.TryCharge(1))
            {
                return Errno.NFile;
            }

            _openings++;
            int readers = _pipe.Ends.ReadersEver;
            int writers = _pipe.Ends.WritersEver;
            bool alone = access == AccessModes.Read && _pipe.Ends.Writers == 0;
            bool unread = access == AccessModes.Write && _pipe.Ends.Readers == 0;
            _pipe.Ends.Open(access);
            operations = new Opened(_pipe, access, files.Describe(process), Closed)
            {
                AwaitedWriter = alone ? writers : null,
                AwaitedReader = waits && unread ? readers : null,
                Waits = waits,
            };
            return Errno.Success;
        }
    }

    /// <summary>The pipe counts its ends first, so another opening may have come meanwhile: it pays anew.</summary>
    private void Closed()
    {
        lock (_lock)
        {
            if (_pipe.Ends.Readers + _pipe.Ends.Writers == 0 && _openings > 0)
            {
                _openings = 0;
                files.Pipes.Refund(1);
            }
        }
    }

    private sealed class Opened(Pipe pipe, AccessModes access, FileStat stat, Action closed) : PipeFile(pipe, access, stat, closed)
    {
        /// <summary>How often the FIFO had been opened for writing when this reader found it without a writer.</summary>
        internal int? AwaitedWriter { get; init; }

        /// <summary>How often it had been opened for reading when this writer found it without a reader.</summary>
        internal int? AwaitedReader { get; init; }

        internal bool Waits { get; init; }

        /// <summary>An opening counts even if the other end was closed again before this one has looked.</summary>
        public override Errno Opening(OpenFile file) =>
            (Waits && !HadWriter) || AwaitedReader == Pipe.Ends.ReadersEver ? Errno.Again : Errno.Success;

        protected override bool HadWriter => AwaitedWriter != Pipe.Ends.WritersEver;
    }
}
