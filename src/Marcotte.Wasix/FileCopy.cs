using System.Buffers;
using Marcotte.Core;
using Marcotte.Core.Waiting;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Which of Linux's calls copies from a file to another, by the numbers of Marcotte's call.</summary>
internal enum CopyKind : uint
{
    CopyRange = 0,
    SendFile = 1,
    Splice = 2,
    SpliceNoWait = 3,
}

/// <summary>Copies from one open file to another without the bytes passing through the guest: copy_file_range, sendfile, splice.</summary>
/// <param name="thread">Who waits.</param>
/// <param name="kind">Which call it is.</param>
internal ref struct FileCopy(GuestThread thread, CopyKind kind)
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>As much as one read or write moves on Linux.</summary>
    private const long MostBytes = 0x7FFFF000;

    /// <summary>Where in the file it begins; -1 for the file's own offset, which moves.</summary>
    internal long Offset { get; set; } = -1;

    /// <summary>Where in the other it goes; -1 for its own offset, which moves.</summary>
    internal long TargetOffset { get; set; } = -1;

    /// <summary>How many bytes at most.</summary>
    internal long Length { get; set; }

    /// <summary>Bytes that were copied.</summary>
    internal long Moved { get; private set; }

    /// <summary>Copies.</summary>
    /// <returns>
    /// <see cref="Errno.BadF"/>, <see cref="Errno.Inval"/> for files that the call does not copy between, <see cref="Errno.SPipe"/> for an offset of a stream,
    /// and what reading and writing answer when nothing was copied.
    /// </returns>
    internal Errno Run(int from, int to)
    {
        DescriptorTable descriptors = thread.Process.Descriptors;
        if (!descriptors.TryGet(from, out Descriptor? source) || !descriptors.TryGet(to, out Descriptor? target))
        {
            return Errno.BadF;
        }

        OpenFile input = source.File;
        OpenFile output = target.File;
        bool allowed = source.Has(Rights.FdRead) && target.Has(Rights.FdWrite) && (input.Access & AccessModes.Read) != 0 && (output.Access & AccessModes.Write) != 0;
        Errno errno = allowed ? Check(input, output) : Errno.BadF;
        if (errno != Errno.Success || Length == 0)
        {
            return errno;
        }

        if (kind == CopyKind.CopyRange)
        {
            errno = input.CopyTo(output, Offset < 0 ? null : Offset, TargetOffset < 0 ? null : TargetOffset, Math.Min(Length, MostBytes), out long count, thread.Process.FileSizeLimit);
            Moved = count;
            return errno == Errno.FBig && count == 0 ? WasiFiles.TooLarge(thread) : errno;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            errno = Pump(input, output, buffer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Moved > 0 ? Errno.Success : errno;
    }

    private readonly Errno Check(OpenFile input, OpenFile output)
    {
        if (Offset < -1 || TargetOffset < -1 || Length < 0)
        {
            return Errno.Inval;
        }

        if (input.Operations.Type == FileType.Directory || output.Operations.Type == FileType.Directory)
        {
            return kind == CopyKind.CopyRange ? Errno.IsDir : Errno.Inval;
        }

        if ((Offset >= 0 && !input.Operations.IsSeekable) || (TargetOffset >= 0 && !output.Operations.IsSeekable))
        {
            return Errno.SPipe;
        }

        return kind switch
        {
            CopyKind.CopyRange => Errno.Success,
            CopyKind.SendFile => input.Operations.IsSeekable && TargetOffset < 0 && (output.Status & StatusFlags.Append) == 0 ? Errno.Success : Errno.Inval,
            _ => input.Operations.Type == FileType.Fifo || output.Operations.Type == FileType.Fifo ? Errno.Success : Errno.Inval,
        };
    }

    private Errno Pump(OpenFile input, OpenFile output, byte[] buffer)
    {
        long length = Math.Min(Length, MostBytes);
        do
        {
            thread.ThrowIfKilled();

            // What was read from a stream cannot be put back, so there is to be room for it before.
            Errno errno = Await(output, Readiness.Out);
            int count = 0;
            while (errno == Errno.Success)
            {
                Span<byte> piece = buffer.AsSpan(0, (int)Math.Min(Math.Min(length - Moved, PieceBytes), Room(output)));
                errno = Offset < 0 ? input.Read(piece, out count) : input.ReadAt(piece, Offset + Moved, out count);
                if (errno != Errno.Again)
                {
                    break;
                }

                errno = Await(input, Readiness.In);
            }

            if (errno != Errno.Success || count == 0)
            {
                return errno;
            }

            errno = Write(input, output, buffer.AsSpan(0, count));
            if (errno != Errno.Success)
            {
                return errno;
            }
        }
        while (Moved < length && kind == CopyKind.SendFile);

        return Errno.Success;
    }

    /// <summary>A pipe that is ready takes this much as one.</summary>
    private static int Room(OpenFile output) => output.Operations.Type == FileType.Fifo ? 4096 : PieceBytes;

    private readonly Errno Await(OpenFile file, Readiness wanted)
    {
        bool waits = Moved == 0 && kind != CopyKind.SpliceNoWait && !file.IsNonBlocking;
        return thread.Waiter.WaitFor(file, wanted, waits ? Deadline.Never : Deadline.Past);
    }

    private Errno Write(OpenFile input, OpenFile output, ReadOnlySpan<byte> bytes)
    {
        long limit = thread.Process.FileSizeLimit;
        while (!bytes.IsEmpty)
        {
            Errno errno = TargetOffset < 0 ? output.Write(bytes, out int count, limit) : output.WriteAt(bytes, TargetOffset + Moved, out count, limit);
            if (errno == Errno.Again)
            {
                // It was ready: others have filled it meanwhile, and what was read has to go somewhere.
                errno = input.Operations.IsSeekable ? Errno.Again : thread.Waiter.WaitFor(output, Readiness.Out, Deadline.Never);
            }

            if (errno != Errno.Success)
            {
                if (Offset < 0 && input.Operations.IsSeekable)
                {
                    input.Seek(-bytes.Length, Whence.Current, out _);
                }

                // These signals come even when a part was moved, as on Linux.
                return errno == Errno.Pipe ? WasiFiles.BrokenPipe(thread)
                    : errno == Errno.FBig ? WasiFiles.TooLarge(thread)
                    : errno;
            }

            Moved += count;
            bytes = bytes[count..];
        }

        return Errno.Success;
    }
}
