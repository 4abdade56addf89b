using System.Collections.Frozen;

namespace Marcotte.Core;

/// <summary>The spec's spelling of each <see cref="Errno"/>, for traces and messages.</summary>
public static class Errnos
{
    private static readonly FrozenDictionary<Errno, string> Names =
        Enum.GetValues<Errno>().ToFrozenDictionary(errno => errno, Spell);

    /// <summary>The name as C and the manual pages write it, such as <c>ENOENT</c>.</summary>
    /// <param name="errno">The error.</param>
    /// <returns>The name; the number in decimal when it is none of ours.</returns>
    public static string ToName(this Errno errno) =>
        Names.TryGetValue(errno, out string? name) ? name : ((int)errno).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Spell(Errno errno) => errno switch
    {
        Errno.Success => "0",
        Errno.TooBig => "E2BIG",
        Errno.Access => "EACCES",
        Errno.NotSup => "EOPNOTSUPP",
        _ => "E" + errno.ToString().ToUpperInvariant(),
    };
}
