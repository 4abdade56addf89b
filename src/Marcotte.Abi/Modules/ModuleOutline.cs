using System.Text;

namespace Marcotte.Abi.Modules;

/// <summary>What a module says of its state and its exports, as far as forking it is concerned.</summary>
internal sealed class ModuleOutline
{
    private const byte ImportSection = 2;
    private const byte MemorySection = 5;
    private const byte GlobalSection = 6;
    private const byte ExportSection = 7;
    private const byte CodeSection = 10;

    private uint _globals;
    private uint _memories;

    private ModuleOutline()
    {
    }

    /// <summary>The names of its exports.</summary>
    internal HashSet<string> ExportNames { get; } = [];

    /// <summary>The indices of its mutable globals that are numbers.</summary>
    internal List<uint> MutableNumbers { get; } = [];

    /// <summary>Where the section of exports begins, with its own number.</summary>
    internal int ExportsStart { get; private set; }

    /// <summary>Where it ends.</summary>
    internal int ExportsEnd { get; private set; }

    /// <summary>Where the first export lies in it, behind their count.</summary>
    internal int FirstExport { get; private set; }

    /// <summary>How many it has.</summary>
    internal uint Exports { get; private set; }

    /// <summary>Whether it has state that no other instance can be given: tables that it changes, segments that it drops, globals that hold references.</summary>
    internal bool KeepsMore { get; private set; }

    /// <summary>Whether it has more memories than one.</summary>
    internal bool HasMemories => _memories > 1;

    /// <summary>Reads a module.</summary>
    /// <returns>Null for what is none, or cannot be read.</returns>
    internal static ModuleOutline? Read(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith("\0asm\u0001\0\0\0"u8))
        {
            return null;
        }

        ModuleOutline outline = new();
        ModuleReader reader = new(content);
        reader.Skip(8);
        while (!reader.IsAtEnd)
        {
            int start = reader.Position;
            byte id = reader.Byte();
            ReadOnlySpan<byte> section = reader.Enclosed();
            if (reader.HasFailed || !outline.ReadSection(id, section, start, reader.Position))
            {
                return null;
            }
        }

        return reader.HasFailed || outline.ExportsEnd == 0 ? null : outline;
    }

    private bool ReadSection(byte id, ReadOnlySpan<byte> section, int start, int end)
    {
        ModuleReader reader = new(section);
        switch (id)
        {
            case ImportSection:
                ReadImports(ref reader);
                break;
            case MemorySection:
                _memories += reader.U32();
                return !reader.HasFailed;
            case GlobalSection:
                ReadGlobals(ref reader);
                break;
            case ExportSection when ExportsEnd == 0:
                ReadExports(ref reader);
                (ExportsStart, ExportsEnd) = (start, end);
                FirstExport += end - section.Length;
                break;
            case ExportSection:
                return false;
            case CodeSection:
                KeepsMore |= Instructions.ChangeMore(section);
                return true;
            default:
                return true;
        }

        return !reader.HasFailed && reader.IsAtEnd;
    }

    private void ReadImports(ref ModuleReader reader)
    {
        for (uint left = reader.U32(); left > 0 && !reader.HasFailed; left--)
        {
            reader.Enclosed();
            reader.Enclosed();
            switch (reader.Byte())
            {
                case 0:
                    reader.SkipNumber();
                    break;
                case 1:
                    reader.ValueType();
                    reader.Limits();
                    break;
                case 2:
                    reader.Limits();
                    _memories++;
                    break;
                case 3:
                    ReadGlobalType(ref reader);
                    break;
                case 4:
                    reader.Skip(1);
                    reader.SkipNumber();
                    break;
                default:
                    reader.Fail();
                    break;
            }
        }
    }

    private void ReadGlobals(ref ModuleReader reader)
    {
        for (uint left = reader.U32(); left > 0 && !reader.HasFailed; left--)
        {
            ReadGlobalType(ref reader);
            Instructions.SkipConstant(ref reader);
        }
    }

    private void ReadGlobalType(ref ModuleReader reader)
    {
        bool isNumber = reader.ValueType();
        bool isMutable = reader.Byte() == 1;
        if (isMutable && isNumber)
        {
            MutableNumbers.Add(_globals);
        }

        KeepsMore |= isMutable && !isNumber;
        _globals++;
    }

    private void ReadExports(ref ModuleReader reader)
    {
        Exports = reader.U32();
        FirstExport = reader.Position;
        for (uint left = Exports; left > 0 && !reader.HasFailed; left--)
        {
            ExportNames.Add(Encoding.UTF8.GetString(reader.Enclosed()));
            reader.Skip(1);
            reader.SkipNumber();
        }
    }
}
