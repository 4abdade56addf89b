namespace Marcotte.Abi.Modules;

/// <summary>Reads the binary format from front to end. What does not follow it makes the reader fail for good, and answers zeros from then on.</summary>
/// <param name="bytes">The bytes.</param>
internal ref struct ModuleReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How far it has come.</summary>
    internal int Position { get; private set; }

    /// <summary>Whether it has met what it cannot read.</summary>
    internal bool HasFailed { get; private set; }

    /// <summary>Whether there is nothing left to read.</summary>
    internal readonly bool IsAtEnd => HasFailed || Position == _bytes.Length;

    internal void Fail() => HasFailed = true;

    internal byte Byte()
    {
        if (IsAtEnd)
        {
            HasFailed = true;
            return 0;
        }

        return _bytes[Position++];
    }

    /// <summary>So many bytes as they are.</summary>
    internal ReadOnlySpan<byte> Take(uint count)
    {
        if (HasFailed || count > (uint)(_bytes.Length - Position))
        {
            HasFailed = true;
            return [];
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    internal void Skip(uint count) => Take(count);

    /// <summary>What a length in front of it encloses: a name, a section, a body.</summary>
    internal ReadOnlySpan<byte> Enclosed() => Take(U32());

    internal uint U32()
    {
        ulong value = Number();
        HasFailed |= value > uint.MaxValue;
        return HasFailed ? 0 : (uint)value;
    }

    /// <summary>A number in LEB128, signed or not, whose value nobody asks for.</summary>
    internal void SkipNumber() => Number();

    /// <summary>A type of a value.</summary>
    /// <returns>Whether it is a number, which means the same in every store.</returns>
    internal bool ValueType()
    {
        byte type = Byte();
        if (type is 0x63 or 0x64)
        {
            // A reference, to what the heap type says.
            SkipNumber();
        }

        return type is >= 0x7B and <= 0x7F;
    }

    /// <summary>The bounds of a memory or a table.</summary>
    internal void Limits()
    {
        const byte HasMaximum = 1;
        const byte HasPageSize = 8;
        byte flags = Byte();
        SkipNumber();
        if ((flags & HasMaximum) != 0)
        {
            SkipNumber();
        }

        if ((flags & HasPageSize) != 0)
        {
            SkipNumber();
        }
    }

    private ulong Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte part = Byte();
            value |= (ulong)(part & 0x7F) << Math.Min(shift, 63);
            if ((part & 0x80) == 0)
            {
                return value;
            }
        }

        HasFailed = true;
        return 0;
    }
}
