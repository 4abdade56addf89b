namespace Marcotte.Abi.Modules;

/// <summary>Walks through code, and tells what changes an instance elsewhere than in its memory and its globals.</summary>
internal static class Instructions
{
    private const byte End = 0x0B;

    /// <summary>Passes an expression that has no blocks in it, such as a global's first value.</summary>
    internal static void SkipConstant(ref ModuleReader reader)
    {
        while (!reader.HasFailed && Next(ref reader, out _) != End)
        {
        }
    }

    /// <summary>Whether code changes tables or drops segments; code that cannot be read is said to.</summary>
    /// <param name="section">The content of a code section.</param>
    internal static bool ChangeMore(ReadOnlySpan<byte> section)
    {
        ModuleReader bodies = new(section);
        for (uint left = bodies.U32(); left > 0 && !bodies.HasFailed; left--)
        {
            ModuleReader body = new(bodies.Enclosed());
            for (uint locals = body.U32(); locals > 0 && !body.HasFailed; locals--)
            {
                body.SkipNumber();
                body.ValueType();
            }

            while (!body.IsAtEnd)
            {
                Next(ref body, out bool changesMore);
                if (changesMore)
                {
                    return true;
                }
            }

            if (body.HasFailed)
            {
                return true;
            }
        }

        return bodies.HasFailed;
    }

    private static byte Next(ref ModuleReader reader, out bool changesMore)
    {
        const byte TableSet = 0x26;
        byte code = reader.Byte();
        changesMore = code == TableSet;
        switch (code)
        {
            case 0x02 or 0x03 or 0x04 or 0x06:
                BlockType(ref reader);
                break;
            case 0x07 or 0x08 or 0x09 or 0x0C or 0x0D or 0x10 or 0x12 or 0x14 or 0x15 or 0x18:
            case (>= 0x20 and <= 0x26) or 0x3F or 0x40 or 0x41 or 0x42 or 0xD0 or 0xD2 or 0xD5 or 0xD6:
                reader.SkipNumber();
                break;
            case 0x0E:
                Numbers(ref reader, reader.U32());
                reader.SkipNumber();
                break;
            case 0x11 or 0x13:
                Numbers(ref reader, 2);
                break;
            case 0x1C:
                for (uint left = reader.U32(); left > 0 && !reader.HasFailed; left--)
                {
                    reader.ValueType();
                }

                break;
            case 0x1F:
                BlockType(ref reader);
                Catches(ref reader);
                break;
            case >= 0x28 and <= 0x3E:
                MemoryArgument(ref reader);
                break;
            case 0x43:
                reader.Skip(4);
                break;
            case 0x44:
                reader.Skip(8);
                break;
            case 0xFB:
                Collected(ref reader);
                break;
            case 0xFC:
                changesMore = Bulk(ref reader);
                break;
            case 0xFD:
                Vector(ref reader);
                break;
            case 0xFE:
                Atomic(ref reader);
                break;
            case 0x00 or 0x01 or 0x05 or 0x0A or End or 0x0F or 0x19 or 0x1A or 0x1B or (>= 0x45 and <= 0xC4) or 0xD1 or 0xD3 or 0xD4:
                break;
            default:
                reader.Fail();
                break;
        }

        return code;
    }

    private static void Numbers(ref ModuleReader reader, uint count)
    {
        for (uint left = count; left > 0 && !reader.HasFailed; left--)
        {
            reader.SkipNumber();
        }
    }

    private static void BlockType(ref ModuleReader reader)
    {
        // Nothing, a value's type, or the index of a type: all but references are one signed number.
        ModuleReader ahead = reader;
        if (ahead.Byte() is 0x63 or 0x64)
        {
            reader.ValueType();
            return;
        }

        reader.SkipNumber();
    }

    private static void Catches(ref ModuleReader reader)
    {
        for (uint left = reader.U32(); left > 0 && !reader.HasFailed; left--)
        {
            Numbers(ref reader, reader.Byte() < 2 ? 2u : 1u);
        }
    }

    private static void MemoryArgument(ref ModuleReader reader)
    {
        const uint NamesMemory = 0x40;
        Numbers(ref reader, (reader.U32() & NamesMemory) != 0 ? 2u : 1u);
    }

    /// <summary>Bulk memory and tables (0xFC).</summary>
    /// <returns>Whether it changes a table, or drops a segment.</returns>
    private static bool Bulk(ref ModuleReader reader)
    {
        uint code = reader.U32();
        switch (code)
        {
            case 8 or 10 or 12 or 14:
                Numbers(ref reader, 2);
                break;
            case 9 or 11 or 13 or 15 or 16 or 17:
                reader.SkipNumber();
                break;
            case > 22 or 18:
                reader.Fail();
                break;
        }

        return code is 9 or 12 or 13 or 14 or 15 or 17;
    }

    /// <summary>Vectors (0xFD).</summary>
    private static void Vector(ref ModuleReader reader)
    {
        switch (reader.U32())
        {
            case <= 11 or 92 or 93:
                MemoryArgument(ref reader);
                break;
            case 12 or 13:
                reader.Skip(16);
                break;
            case >= 21 and <= 34:
                reader.Skip(1);
                break;
            case >= 84 and <= 91:
                MemoryArgument(ref reader);
                reader.Skip(1);
                break;
        }
    }

    /// <summary>Threads (0xFE).</summary>
    private static void Atomic(ref ModuleReader reader)
    {
        switch (reader.U32())
        {
            case 3:
                reader.Skip(1);
                break;
            case <= 2 or (>= 0x10 and <= 0x4E):
                MemoryArgument(ref reader);
                break;
            default:
                reader.Fail();
                break;
        }
    }

    /// <summary>Structures and arrays (0xFB).</summary>
    private static void Collected(ref ModuleReader reader)
    {
        switch (reader.U32())
        {
            case 0 or 1 or 6 or 7 or (>= 11 and <= 14) or 16 or (>= 20 and <= 23):
                reader.SkipNumber();
                break;
            case (>= 2 and <= 5) or (>= 8 and <= 10) or (>= 17 and <= 19):
                Numbers(ref reader, 2);
                break;
            case 24 or 25:
                reader.Skip(1);
                Numbers(ref reader, 3);
                break;
            case 15 or (>= 26 and <= 30):
                break;
            default:
                reader.Fail();
                break;
        }
    }
}
