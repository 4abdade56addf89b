using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Marcotte.Core;

namespace Marcotte;

/// <summary>Counts the calls of one box while somebody measures.</summary>
/// <param name="table">The calls.</param>
/// <param name="perProcess">Whether what each process reads and writes is counted by itself too.</param>
internal sealed class SyscallCounter(SyscallTable table, bool perProcess = false) : SyscallObserver
{
    /// <summary>Where calls are counted that ended in an exception of the host's: the place of success, which is no error.</summary>
    internal const Errno HostException = Errno.Success;

    private static readonly int Errors = Enum.GetValues<Errno>().Max(errno => (int)errno) + 1;

    private readonly ConditionalWeakTable<Process, ProcessBytes>? _bytes = perProcess ? [] : null;
    private readonly long[] _calls = new long[table.All.Count];
    private readonly long[]?[] _errors = new long[]?[table.All.Count];
    private long _read;
    private long _written;

    internal SyscallTable Table => table;

    internal long BytesRead => Interlocked.Read(ref _read);

    internal long BytesWritten => Interlocked.Read(ref _written);

    /// <summary>Lets all pass, and wants no durations, which are two thirds of what observing costs.</summary>
    public override SyscallDecision Entering(in SyscallEntry call) => SyscallDecision.Observe;

    public override void Completed(in SyscallEvent call)
    {
        if (table.TryFind(call.Syscall, out SyscallPlace? place))
        {
            Interlocked.Increment(ref _calls[place.Index]);
            if (call.Errno != Errno.Success || call.Unwound is not (null or GuestUnwindException))
            {
                CountError(place.Index, call.Errno);
            }
            else if (place.CountArgument is { } argument && call.Unwound is null)
            {
                CountBytes(in call, (uint)call.Arguments[argument], place.Reads);
            }
        }
    }

    internal long Calls(int index) => Interlocked.Read(ref _calls[index]);

    /// <summary>How often a call has failed, by errno; empty when it has not.</summary>
    internal ReadOnlySpan<long> ErrorsOf(int index) => Volatile.Read(ref _errors[index]);

    /// <summary>What a process has moved; it moves nothing any more.</summary>
    internal ProcessBytes? TakeBytes(Process process) => _bytes is not null && _bytes.Remove(process, out ProcessBytes? moved) ? moved : null;

    /// <summary>Begins anew; none of the box's threads run.</summary>
    internal void Reset()
    {
        Array.Clear(_calls);
        Array.Clear(_errors);
        _read = _written = 0;
    }

    private void CountError(int index, Errno errno)
    {
        long[]? errors = Volatile.Read(ref _errors[index]);
        if (errors is null)
        {
            long[] made = new long[Errors];
            errors = Interlocked.CompareExchange(ref _errors[index], made, null) ?? made;
        }

        if ((int)errno < errors.Length)
        {
            Interlocked.Increment(ref errors[(int)errno]);
        }
    }

    private void CountBytes(in SyscallEvent call, uint address, bool reads)
    {
        if (call.Memory.TrySlice(address, sizeof(uint), out Span<byte> count))
        {
            uint moved = BinaryPrimitives.ReadUInt32LittleEndian(count);
            Interlocked.Add(ref reads ? ref _read : ref _written, moved);
            _bytes?.GetOrCreateValue(call.Thread.Process).Add(reads, moved);
        }
    }
}
