using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Marcotte.Wasi;

/// <summary>Goes through the buffers that a guest names, piece by piece; empty ones are left out.</summary>
/// <param name="vectors">The buffers as they lie in the guest's memory.</param>
/// <param name="skipped">Bytes at their beginning that were moved already.</param>
internal ref struct VectorReader(ReadOnlySpan<byte> vectors, uint skipped)
{
    private ReadOnlySpan<byte> _rest = vectors;
    private uint _skipped = skipped;

    /// <summary>The next piece.</summary>
    /// <param name="limit">Its most bytes, above zero; the rest of a longer buffer comes next.</param>
    /// <param name="piece">The piece; not empty.</param>
    /// <returns>False at the end.</returns>
    public bool TryNext(int limit, out Iovec piece)
    {
        while (!_rest.IsEmpty)
        {
            piece = MemoryMarshal.Read<Iovec>(_rest);
            if (piece.Length > _skipped)
            {
                piece.Address += _skipped;
                piece.Length -= _skipped;
                if (piece.Length > (uint)limit)
                {
                    piece.Length = (uint)limit;
                    _skipped += (uint)limit;
                    return true;
                }

                _skipped = 0;
                _rest = _rest[Unsafe.SizeOf<Iovec>()..];
                return true;
            }

            _skipped -= piece.Length;
            _rest = _rest[Unsafe.SizeOf<Iovec>()..];
        }

        piece = default;
        return false;
    }
}
