using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Marcotte.Vfs.Proc;

/// <summary>Text that is put together, of bytes that guests gave and of what is said about them.</summary>
internal sealed class ProcText
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public static byte[] Of(FormattableString text) => Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads a number as a name: without zeros before it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> name, out int number)
    {
        number = 0;
        bool isCanonical = name.Length == 1 || name[0] is > (byte)'0' and <= (byte)'9';
        return isCanonical && Utf8Parser.TryParse(name, out number, out int used) && used == name.Length && number >= 0;
    }

    public ProcText Add(FormattableString text) => Add(Of(text));

    public ProcText Add(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Adds bytes with some of them written as a backslash and three octal digits, as mtab has it.</summary>
    public ProcText AddEscaped(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> escaped)
    {
        foreach (byte value in bytes)
        {
            if (escaped.Contains(value))
            {
                Add($"\\{value >> 6}{(value >> 3) & 7}{value & 7}");
            }
            else
            {
                Add([value]);
            }
        }

        return this;
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
