using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>Random bytes that count up.</summary>
internal sealed class FakeEntropy : EntropySource
{
    private byte _next = 1;

    internal Errno Failure { get; set; }

    internal Action? Filling { get; set; }

    internal List<int> Lengths { get; } = [];

    public override Errno Fill(Span<byte> buffer)
    {
        Filling?.Invoke();
        Lengths.Add(buffer.Length);
        foreach (ref byte value in buffer)
        {
            value = _next;
            _next = (byte)(_next == byte.MaxValue ? 1 : _next + 1);
        }

        return Failure;
    }
}
