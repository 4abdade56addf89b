using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>
/// One of Marcotte's calls, by which the guest SDK asks for what WASIX has no words for: path_readlink of a descriptor that never is one, with a request as
/// the path and room for a reply. The SDK's header <c>marcotte/call.h</c> is its specification.
/// </summary>
internal ref struct Call
{
    /// <summary>The descriptor that tells a call from a link.</summary>
    internal const int Descriptor = unchecked((int)0x80706F73);

    private const int HeaderBytes = 4;
    private const int ShortReply = 512;

    /// <summary>Beside arguments, a request has paths and numbers in it.</summary>
    private const int OtherBytes = 64 * 1024;

    /// <summary>What is asked.</summary>
    internal CallRequest Request;

    /// <summary>What is answered.</summary>
    internal CallReply Reply;

    private Call(GuestThread thread, CallRequest request, CallReply reply)
    {
        Thread = thread;
        Request = request;
        Reply = reply;
    }

    /// <summary>Who calls.</summary>
    internal GuestThread Thread { get; }

    internal readonly Process Process => Thread.Process;

    internal readonly Kernel Kernel => Thread.Kernel;

    /// <summary>Answers a call.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="request">The request.</param>
    /// <param name="room">Where the reply goes.</param>
    /// <param name="used">Takes the bytes of the reply.</param>
    /// <returns>
    /// <see cref="Errno.NoSys"/> for an operation that there is not, <see cref="Errno.Inval"/> for a request that is not what it should be,
    /// <see cref="Errno.Range"/> for a reply that does not fit, <see cref="Errno.TooBig"/>, <see cref="Errno.Fault"/>, and what the operation answers.
    /// </returns>
    [SkipLocalsInit]
    internal static Errno Answer(GuestThread thread, GuestMemory memory, GuestText request, GuestSpan<byte> room, GuestOut<uint> used)
    {
        Errno errno = memory.ReadText(request, Math.Min(thread.Kernel.Limits.ArgumentBytes, int.MaxValue - OtherBytes) + OtherBytes, out ReadOnlySpan<byte> bytes);
        if (errno != Errno.Success)
        {
            return errno == Errno.NameTooLong ? Errno.TooBig : errno;
        }

        if (!memory.TrySlice(room, out _) || !memory.CanWrite(used))
        {
            return Errno.Fault;
        }

        if (bytes.Length < HeaderBytes || BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]) != 0)
        {
            return Errno.Inval;
        }

        if (CallTable.Find(BinaryPrimitives.ReadUInt16LittleEndian(bytes)) is not { } operation)
        {
            return Errno.NoSys;
        }

        SignalHandling.BeExact(thread.Process);
        Span<byte> collected = stackalloc byte[ShortReply];
        Call call = new(thread, new CallRequest(bytes[HeaderBytes..]), new CallReply(collected, room.Count));
        try
        {
            errno = operation(ref call);
            return errno != Errno.Success ? errno : Write(memory, ref call.Reply, room, used);
        }
        finally
        {
            call.Reply.Dispose();
        }
    }

    private static Errno Write(GuestMemory memory, ref CallReply reply, GuestSpan<byte> room, GuestOut<uint> used)
    {
        ReadOnlySpan<byte> bytes = reply.Bytes;
        if ((uint)bytes.Length > room.Count)
        {
            if (!reply.IsCut)
            {
                return Errno.Range;
            }

            bytes = bytes[..(int)room.Count];
        }

        if (!memory.TrySlice(room.Address, (uint)bytes.Length, out Span<byte> target))
        {
            return Errno.Fault;
        }

        bytes.CopyTo(target);
        return memory.TryWrite(used, (uint)bytes.Length) ? Errno.Success : Errno.Fault;
    }
}

/// <summary>Does one of the operations: reads the request, asks Core, collects the reply.</summary>
/// <param name="call">The call.</param>
/// <returns>The outcome.</returns>
internal delegate Errno Operation(ref Call call);
