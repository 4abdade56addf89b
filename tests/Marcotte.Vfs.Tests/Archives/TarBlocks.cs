using System.Globalization;
using System.Text;

namespace Marcotte.Vfs.Tests.Archives;

/// <summary>Makes tars block by block, also such as no program would write.</summary>
internal sealed class TarBlocks
{
    private readonly List<byte> _bytes = [];

    public static byte[] Of(Action<TarBlocks> make)
    {
        TarBlocks blocks = new();
        make(blocks);
        return blocks.End();
    }

    public static byte[] Record(string key, string value)
    {
        int rest = Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value) + 3;
        int length = rest + 1;
        while (rest + length.ToString(CultureInfo.InvariantCulture).Length != length)
        {
            length++;
        }

        return Encoding.UTF8.GetBytes($"{length} {key}={value}\n");
    }

    public TarBlocks File(string name, string content = "") => Entry('0', name, content: Encoding.UTF8.GetBytes(content));

    public TarBlocks Directory(string name) => Entry('5', name);

    public TarBlocks Link(string name, string target) => Entry('2', name, target);

    public TarBlocks HardLink(string name, string target) => Entry('1', name, target);

    public TarBlocks Pax(params (string Key, string Value)[] records) =>
        Entry('x', "PaxHeaders/x", content: [.. records.SelectMany(record => Record(record.Key, record.Value))]);

    /// <summary>An entry; its header says the content's length unless told otherwise.</summary>
    public TarBlocks Entry(char kind, string name, string link = "", byte[]? content = null, string? size = null, Action<byte[]>? change = null, bool sums = true)
    {
        content ??= [];
        byte[] header = new byte[512];
        Put(header, 0, name);
        Put(header, 100, "0000644");
        Put(header, 108, "0001750");
        Put(header, 116, "0000144");
        Put(header, 124, size ?? Convert.ToString(content.Length, 8).PadLeft(11, '0'));
        Put(header, 136, "00000000005");
        header[156] = (byte)kind;
        Put(header, 157, link);
        Put(header, 257, "ustar\0" + "00");
        change?.Invoke(header);
        if (sums)
        {
            Sum(header);
        }

        _bytes.AddRange(header);
        _bytes.AddRange(content);
        _bytes.AddRange(new byte[-content.Length & 511]);
        return this;
    }

    public TarBlocks Raw(byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public byte[] WithoutEnd() => _bytes.ToArray();

    public byte[] End()
    {
        _bytes.AddRange(new byte[1024]);
        return _bytes.ToArray();
    }

    public static void Put(byte[] header, int at, string text) => Encoding.UTF8.GetBytes(text).CopyTo(header, at);

    private static void Sum(byte[] header)
    {
        header.AsSpan(148, 8).Fill((byte)' ');
        Put(header, 148, Convert.ToString(header.Sum(static value => value), 8).PadLeft(6, '0') + "\0");
    }
}
