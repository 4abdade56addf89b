using System.Globalization;

namespace Marcotte;

/// <summary>Names for the numbers of an ABI's enumerations, as C would write them.</summary>
internal static class EnumNames
{
    internal static string Format(Type type, ulong bits)
    {
        object value = Enum.ToObject(type, bits);
        string name = Enum.Format(type, value, "G");
        return name.Length > 0 && char.IsAsciiLetter(name[0])
            ? name.Replace(", ", "|", StringComparison.Ordinal)
            : string.Create(CultureInfo.InvariantCulture, $"0x{bits:x}");
    }
}
