using System.Runtime.InteropServices;

namespace Marcotte.Wasi.Tests;

/// <summary>How a row of buffers is gone through.</summary>
[TestFixture]
public sealed class VectorReaderTests
{
    [TestCase(0u, 100, "1000+10 2000+7 3000+1")]
    [TestCase(0u, 3, "1000+3 1003+3 1006+3 1009+1 2000+3 2003+3 2006+1 3000+1")]
    [TestCase(4u, 3, "1004+3 1007+3 2000+3 2003+3 2006+1 3000+1")]
    [TestCase(4u, 100, "1004+6 2000+7 3000+1")]
    [TestCase(10u, 100, "2000+7 3000+1")]
    [TestCase(16u, 100, "2006+1 3000+1")]
    [TestCase(17u, 100, "3000+1")]
    [TestCase(18u, 100, "")]
    public void Pieces_are_bounded_and_begin_where_the_last_ended(uint skipped, int limit, string expected)
    {
        Iovec[] row =
        [
            new() { Address = 1000, Length = 10 }, new() { Address = 5000 }, new() { Address = 2000, Length = 7 }, new() { Address = 3000, Length = 1 }, default,
        ];
        VectorReader reader = new(MemoryMarshal.AsBytes<Iovec>(row), skipped);
        List<string> pieces = [];
        while (reader.TryNext(limit, out Iovec piece))
        {
            pieces.Add($"{piece.Address}+{piece.Length}");
        }

        Assert.That(string.Join(' ', pieces), Is.EqualTo(expected));
    }
}
