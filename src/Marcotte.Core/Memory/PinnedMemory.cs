namespace Marcotte.Core;

/// <summary>Memory of a fixed size on the managed heap: an ABI's calls can be made with no guest at all.</summary>
public sealed unsafe class PinnedMemory : LinearMemory
{
    private readonly byte[] _bytes;

    /// <summary>Makes zeroed memory.</summary>
    /// <param name="length">Its length in bytes.</param>
    public PinnedMemory(int length)
    {
        _bytes = GC.AllocateArray<byte>(length, pinned: true);
        Refresh(0);
    }

    /// <summary>All of it.</summary>
    public Span<byte> Bytes => _bytes;

    /// <inheritdoc/>
    public override void Refresh(nint frame) =>
        SetBounds((byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_bytes)), (ulong)_bytes.Length);
}
