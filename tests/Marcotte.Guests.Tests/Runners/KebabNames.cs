using System.Text;

namespace Marcotte.Guests.Tests;

/// <summary>Names as headers write them: <c>MemoryOutOfBounds</c> is <c>memory-out-of-bounds</c>.</summary>
internal static class KebabNames
{
    internal static string Of(Enum value)
    {
        StringBuilder name = new();
        foreach (char letter in value.ToString())
        {
            if (char.IsUpper(letter) && name.Length > 0)
            {
                name.Append('-');
            }

            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}
