using System.Buffers.Binary;
using System.Text;

namespace Marcotte.Wasix.Tests;

/// <summary>A request of Marcotte's call, as a guest packs it.</summary>
internal sealed class Request
{
    private readonly List<byte> _bytes = [];

    internal Request Int(int value) => UInt((uint)value);

    internal Request UInt(uint value) => Put(BitConverter.GetBytes(value));

    internal Request Long(long value) => Put(BitConverter.GetBytes(value));

    internal Request UShort(ushort value) => Put(BitConverter.GetBytes(value));

    internal Request Put(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    internal Request Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return UInt((uint)bytes.Length).Put(bytes);
    }

    internal Request List(params string[] strings)
    {
        byte[] block = Encoding.UTF8.GetBytes(string.Concat(strings.Select(text => text + "\0")));
        return UInt((uint)strings.Length).UInt((uint)block.Length).Put(block);
    }

    internal byte[] Build(int operation) => [(byte)operation, (byte)(operation >> 8), 0, 0, .. _bytes];
}

/// <summary>A reply, read from its beginning on.</summary>
internal sealed class Reply(byte[] bytes)
{
    private int _at;

    internal int Length => bytes.Length;

    internal byte[] Bytes => bytes;

    internal int Int() => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan((_at += 4) - 4));

    internal uint UInt() => (uint)Int();

    internal long Long() => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan((_at += 8) - 8));

    internal ushort UShort() => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan((_at += 2) - 2));

    internal string Text()
    {
        int length = Int();
        return Encoding.UTF8.GetString(bytes, (_at += length) - length, length);
    }

    internal Reply Skip(int count)
    {
        _at += count;
        return this;
    }
}
