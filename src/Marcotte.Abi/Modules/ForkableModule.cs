using System.Text;
using Marcotte.Abi.Modules;

namespace Marcotte.Abi;

/// <summary>
/// Has modules that can fork, by Binaryen's asyncify, say all that a fork has to copy: every mutable global, asyncify's own among them, is exported
/// under a name of this class's.
/// </summary>
/// <remarks>
/// Nothing but the section of exports changes. A module that was compiled without this forks too, but its children take after it in the globals that it
/// exports itself alone.
/// </remarks>
public static class ForkableModule
{
    private const byte ExportSection = 7;
    private const byte GlobalKind = 3;
    private const int MostExports = 100_000;

    private static readonly string[] Required =
        ["asyncify_start_unwind", "asyncify_stop_unwind", "asyncify_start_rewind", "asyncify_stop_rewind", "__stack_pointer"];

    /// <summary>Adds the exports.</summary>
    /// <param name="content">A module in the binary format.</param>
    /// <returns>What is to be compiled: the same array when it cannot fork, when it cannot be read, or when it has exports of such names already.</returns>
    public static byte[] Prepare(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.AsSpan().IndexOf("asyncify_start_unwind"u8) < 0 || ModuleOutline.Read(content) is not { } outline || !Takes(outline))
        {
            return content;
        }

        // The names tell how many bytes they are, so they are made twice, the second time as long as the first.
        int added = Rewrite(content, outline, 0).Length - content.Length;
        return Rewrite(content, outline, (uint)added);
    }

    /// <summary>Whether an export is one of those that were added, of which the module's author knows nothing.</summary>
    /// <param name="export">Its name.</param>
    /// <returns>True when it is.</returns>
    public static bool IsAdded(string export) => AddedExport.TryParse(export, out _);

    private static bool Takes(ModuleOutline outline) =>
        Required.All(outline.ExportNames.Contains)
        && outline.ExportNames.Count + outline.MutableNumbers.Count <= MostExports
        && !outline.ExportNames.Any(static name => name.StartsWith(AddedExport.Prefix, StringComparison.Ordinal));

    private static byte[] Rewrite(byte[] content, ModuleOutline outline, uint added)
    {
        MemoryStream section = new();
        WriteNumber(section, outline.Exports + (uint)outline.MutableNumbers.Count);
        section.Write(content.AsSpan(outline.FirstExport..outline.ExportsEnd));
        foreach (uint global in outline.MutableNumbers)
        {
            byte[] name = Encoding.UTF8.GetBytes(new AddedExport(added, outline.KeepsMore, outline.HasMemories, global).Name);
            WriteNumber(section, (uint)name.Length);
            section.Write(name);
            section.WriteByte(GlobalKind);
            WriteNumber(section, global);
        }

        MemoryStream module = new(content.Length + (int)section.Length);
        module.Write(content.AsSpan(..outline.ExportsStart));
        module.WriteByte(ExportSection);
        WriteNumber(module, (uint)section.Length);
        section.WriteTo(module);
        module.Write(content.AsSpan(outline.ExportsEnd..));
        return module.ToArray();
    }

    private static void WriteNumber(Stream stream, uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }
}
