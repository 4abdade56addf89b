using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Stretches of guest memory that are longer than a span can be.</summary>
internal static class GuestMemoryExtensions
{
    /// <summary>The most one read or write moves, as Linux's MAX_RW_COUNT.</summary>
    internal const int MaxTransfer = 0x7FFFF000;

    /// <summary>Whether all of a stretch lies in memory.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="address">Its first byte.</param>
    /// <param name="length">Its length in bytes; an empty stretch lies anywhere.</param>
    /// <returns>False when any of it lies outside.</returns>
    internal static bool Contains(this GuestMemory memory, uint address, uint length)
    {
        ulong last = (ulong)address + length - 1;
        return length == 0 || (last <= uint.MaxValue && memory.TrySlice((uint)last, 1, out _));
    }

    /// <summary>The beginning of a stretch, as much of it as one transfer may move.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="vector">The stretch.</param>
    /// <param name="limit">The most bytes wanted.</param>
    /// <param name="bytes">Its beginning.</param>
    /// <returns>False when any of the whole stretch lies outside.</returns>
    internal static bool TrySliceStart(this GuestMemory memory, Iovec vector, int limit, out Span<byte> bytes)
    {
        bytes = default;
        return memory.Contains(vector.Address, vector.Length)
            && memory.TrySlice(vector.Address, Math.Min(vector.Length, (uint)limit), out bytes);
    }
}
