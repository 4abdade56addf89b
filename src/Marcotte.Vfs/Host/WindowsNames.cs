using System.Buffers;

namespace Marcotte.Vfs.Host;

/// <summary>
/// Which names are names on Windows. Others mean a device, an alternate stream of a file, or some other name than they
/// spell, so that a guest could reach past what it was granted, or two guests' names could be one file.
/// </summary>
/// <remarks>
/// Source: "Naming Files, Paths, and Namespaces" and the rules of RtlIsDosDeviceName_U, taken strictly: a device name
/// counts with any extension, before any spaces, and with every superscript digit, also where newer versions of Windows
/// have become laxer. Pure, so that it is tested everywhere.
/// </remarks>
internal static class WindowsNames
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000A\u000B\u000C\u000D\u000E\u000F" +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F" +
        "<>:\"/\\|?*");

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];

    private static readonly string[] NumberedDevices = ["COM", "LPT"];

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789⁰¹²³⁴⁵⁶⁷⁸⁹");

    /// <summary>Whether a name is the name of a file that it spells, and of nothing else.</summary>
    /// <param name="name">One name, no path.</param>
    /// <returns>False for device names, streams, separators, wildcards, and what ends in a dot or a space.</returns>
    internal static bool IsName(ReadOnlySpan<char> name) =>
        !name.IsEmpty && name[^1] is not ('.' or ' ') && !name.ContainsAny(Forbidden) && !IsDevice(name);

    private static bool IsDevice(ReadOnlySpan<char> name)
    {
        int dot = name.IndexOf('.');
        ReadOnlySpan<char> stem = (dot < 0 ? name : name[..dot]).TrimEnd(' ').TrimStart(' ');
        foreach (string device in Devices)
        {
            if (stem.Equals(device, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return stem.Length == 4 && Digits.Contains(stem[3]) && IsNumbered(stem[..3]);
    }

    private static bool IsNumbered(ReadOnlySpan<char> stem)
    {
        foreach (string device in NumberedDevices)
        {
            if (stem.Equals(device, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
