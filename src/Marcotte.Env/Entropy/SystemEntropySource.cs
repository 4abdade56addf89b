using System.Security.Cryptography;
using Marcotte.Core;

namespace Marcotte.Env;

/// <summary>
/// The host driver: the host's cryptographic random bytes. Asking the host costs a microsecond however little is asked
/// for, so small requests are served from a stock; bytes are wiped from it as they are handed out.
/// </summary>
internal sealed class SystemEntropySource : EntropySource
{
    private const int StockBytes = 512;
    private const int SmallBytes = 64;

    private readonly Lock _lock = new();
    private byte[]? _stock;
    private int _left;

    public override Errno Fill(Span<byte> buffer)
    {
        if (buffer.Length > SmallBytes)
        {
            FromHost(buffer);
            return Errno.Success;
        }

        lock (_lock)
        {
            if (buffer.Length > _left)
            {
                _stock ??= new byte[StockBytes];
                FromHost(_stock);
                _left = StockBytes;
            }

            _left -= buffer.Length;
            Span<byte> taken = _stock.AsSpan(_left, buffer.Length);
            taken.CopyTo(buffer);
            taken.Clear();
        }

        return Errno.Success;
    }

    private static void FromHost(Span<byte> buffer)
    {
#pragma warning disable RS0030 // This is the one place that may: the host asked for it by SystemEntropy.
        RandomNumberGenerator.Fill(buffer);
#pragma warning restore RS0030
    }
}
