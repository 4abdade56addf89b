using System.Globalization;

namespace Marcotte.Abi.Modules;

/// <summary>What the name of an export that was added tells: a compiled module has no other place to keep it.</summary>
/// <param name="AddedBytes">Bytes that all of them together have made the module longer, before its code.</param>
/// <param name="KeepsMore">Whether the module has state beside its memory and the globals that are exported so.</param>
/// <param name="HasMemories">Whether it has more memories than one.</param>
/// <param name="Global">The global's index.</param>
internal readonly record struct AddedExport(uint AddedBytes, bool KeepsMore, bool HasMemories, uint Global)
{
    /// <summary>How all such names begin.</summary>
    internal const string Prefix = "marcotte:";

    private const int Digits = 8;

    /// <summary>The name, whose length does not depend on the bytes that were added.</summary>
    internal string Name => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}{AddedBytes:x8}:{(KeepsMore ? 1 : 0) + (HasMemories ? 2 : 0)}:{Global}");

    internal static bool TryParse(string name, out AddedExport added)
    {
        added = default;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> rest = name.AsSpan(Prefix.Length);
        if (rest.Length <= Digits + 3
            || !uint.TryParse(rest[..Digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint bytes)
            || rest[Digits + 1] is not (>= '0' and <= '3')
            || !uint.TryParse(rest[(Digits + 3)..], NumberStyles.None, CultureInfo.InvariantCulture, out uint global))
        {
            return false;
        }

        int kind = rest[Digits + 1] - '0';
        added = new AddedExport(bytes, (kind & 1) != 0, (kind & 2) != 0, global);
        return added.Name == name;
    }
}
