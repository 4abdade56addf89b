using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Marcotte.Core;

/// <summary>
/// A guest's memory for the duration of one call. Every access is checked, arithmetic cannot wrap, and no alignment is
/// asked for. It is a ref struct so that nothing keeps it beyond the call; get spans anew after every wait.
/// </summary>
public readonly unsafe ref struct GuestMemory
{
    private readonly LinearMemory _memory;
    private readonly nint _frame;

    /// <summary>Opens memory for one call.</summary>
    /// <param name="memory">The guest's memory.</param>
    /// <param name="frame">Passed on to <see cref="LinearMemory.Refresh"/>.</param>
    public GuestMemory(LinearMemory memory, nint frame = 0)
    {
        _memory = memory;
        _frame = frame;
    }

    /// <summary>Whether another thread may write to it during the call: copy before checking.</summary>
    public bool IsShared => _memory.IsShared;

    /// <summary>A stretch of bytes.</summary>
    /// <param name="address">Its first byte.</param>
    /// <param name="length">Its length in bytes; an empty stretch lies anywhere.</param>
    /// <param name="bytes">The stretch.</param>
    /// <returns>False when any of it lies outside.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySlice(uint address, uint length, out Span<byte> bytes)
    {
        LinearMemory memory = _memory;
        if ((ulong)address + length <= memory.Length && length <= int.MaxValue)
        {
            bytes = new Span<byte>(memory.Base + address, (int)length);
            return true;
        }

        return TrySliceSlow(address, length, out bytes);
    }

    /// <summary>A stretch of bytes.</summary>
    /// <param name="span">Where.</param>
    /// <param name="bytes">The stretch.</param>
    /// <returns>False when any of it lies outside.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySlice(GuestSpan<byte> span, out Span<byte> bytes) => TrySlice(span.Address, span.Count, out bytes);

    /// <summary>The bytes of a row of elements.</summary>
    /// <typeparam name="T">The element.</typeparam>
    /// <param name="span">Where.</param>
    /// <param name="bytes">The bytes of all elements; elements may be unaligned.</param>
    /// <returns>False when any of them lies outside, or the sum of their sizes is no 32-bit length.</returns>
    public bool TrySliceBytes<T>(GuestSpan<T> span, out Span<byte> bytes)
        where T : unmanaged
    {
        ulong length = (ulong)span.Count * (uint)sizeof(T);
        if (length > int.MaxValue)
        {
            bytes = default;
            return false;
        }

        return TrySlice(span.Address, (uint)length, out bytes);
    }

    /// <summary>Reads a value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="pointer">Where.</param>
    /// <param name="value">What lies there.</param>
    /// <returns>False when any of it lies outside.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead<T>(GuestPtr<T> pointer, out T value)
        where T : unmanaged
    {
        if (TrySlice(pointer.Address, (uint)sizeof(T), out Span<byte> bytes))
        {
            value = Unsafe.ReadUnaligned<T>(ref MemoryMarshal.GetReference(bytes));
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Writes a result.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="pointer">Where.</param>
    /// <param name="value">What to put there.</param>
    /// <returns>False, with nothing written, when any of it lies outside.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryWrite<T>(GuestOut<T> pointer, in T value)
        where T : unmanaged
    {
        if (TrySlice(pointer.Address, (uint)sizeof(T), out Span<byte> bytes))
        {
            Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(bytes), value);
            return true;
        }

        return false;
    }

    /// <summary>Whether a result could be written there; asked before an operation that cannot be undone.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="pointer">Where.</param>
    /// <returns>False when any of it lies outside.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool CanWrite<T>(GuestOut<T> pointer)
        where T : unmanaged => TrySlice(pointer.Address, (uint)sizeof(T), out _);

    /// <summary>
    /// A guest's string, read once: straight from memory when nobody else can write there, else from a copy.
    /// </summary>
    /// <param name="span">Where.</param>
    /// <param name="limit">The most bytes taken.</param>
    /// <param name="text">The bytes.</param>
    /// <returns>
    /// <see cref="Errno.Fault"/> when any of it lies outside, <see cref="Errno.NameTooLong"/> when it is longer than the limit.
    /// </returns>
    public Errno ReadText(GuestText span, int limit, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!TrySlice(span.Address, span.Length, out Span<byte> bytes))
        {
            return Errno.Fault;
        }

        if (bytes.Length > limit)
        {
            return Errno.NameTooLong;
        }

        text = _memory.IsShared ? bytes.ToArray() : bytes;
        return Errno.Success;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TrySliceSlow(uint address, uint length, out Span<byte> bytes)
    {
        bytes = default;
        if (length > int.MaxValue)
        {
            return false;
        }

        if (length == 0)
        {
            return true;
        }

        _memory.Refresh(_frame);
        if ((ulong)address + length > _memory.Length)
        {
            return false;
        }

        bytes = new Span<byte>(_memory.Base + address, (int)length);
        return true;
    }
}
