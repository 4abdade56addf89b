using System.Buffers.Binary;
using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes;

/// <summary>A file from which the signals of the process that made it are read (signalfd(2)).</summary>
internal sealed class SignalFile(Process process, SignalSet set) : FileOperations
{
    /// <summary>Bytes of struct signalfd_siginfo.</summary>
    internal const int RecordBytes = 128;

    private ulong _set = set.Bits;

    public override FileType Type => FileType.Unknown;

    /// <summary>Which signals.</summary>
    internal SignalSet Set
    {
        get => new(Volatile.Read(ref _set));
        set
        {
            Volatile.Write(ref _set, value.Bits);
            process.Kernel.Signals.Arrivals(process)?.Wake();
        }
    }

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count)
    {
        count = 0;
        if (buffer.Length < RecordBytes)
        {
            return Errno.Inval;
        }

        while (buffer.Length - count >= RecordBytes)
        {
            Errno errno = process.Kernel.Signals.TakePending(process, Set & SignalSet.Blockable, out SignalInfo info);
            if (errno != Errno.Success)
            {
                return count > 0 ? Errno.Success : errno;
            }

            Describe(info, buffer.Slice(count, RecordBytes));
            count += RecordBytes;
        }

        return Errno.Success;
    }

    public override Readiness Poll(OpenFile file) =>
        (process.Kernel.Signals.Pending(process) & Set).IsEmpty ? Readiness.None : Readiness.In;

    public override WaitQueue? Queue(OpenFile file) => process.Kernel.Signals.Arrivals(process);

    /// <summary>ssi_signo 0, ssi_code 8, ssi_pid 12, ssi_uid 16, ssi_status 40, ssi_int 44, ssi_ptr 48.</summary>
    private static void Describe(in SignalInfo info, Span<byte> record)
    {
        record.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)info.Signal);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], (int)info.Cause);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], info.ProcessId);
        BinaryPrimitives.WriteUInt32LittleEndian(record[16..], info.UserId);
        if (info.Signal == Signal.Child)
        {
            BinaryPrimitives.WriteInt32LittleEndian(record[40..], (int)info.Value);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(record[44..], (int)info.Value);
            BinaryPrimitives.WriteInt64LittleEndian(record[48..], info.Value);
        }
    }
}
