using System.Globalization;
using System.Text;
using Marcotte.Core;

namespace Marcotte.Env;

/// <summary>What a host may give a program, each refusal with its remedy.</summary>
internal static class EnvironmentRules
{
    /// <summary>Linux's HOST_NAME_MAX.</summary>
    private const int HostNameBytes = 64;

    /// <summary>Linux's NGROUPS_MAX.</summary>
    private const int MostGroups = 65_536;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    internal static void CheckText(string what, string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"{what} {Show(text)} holds a NUL, which would end it early; remove it.");
        }

        try
        {
            _ = Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException($"{what} {Show(text)} holds half of a surrogate pair, which UTF-8 cannot say; mend it.", exception);
        }
    }

    internal static void CheckVariable(string key, string value)
    {
        if (key.Length == 0)
        {
            throw new ArgumentException("A variable's key is empty; give it a name.");
        }

        if (key.Contains('=', StringComparison.Ordinal))
        {
            throw new ArgumentException($"The variable's key {Show(key)} holds a '='; give key and value apart.");
        }

        CheckText("The variable's key", key);
        CheckText($"The value of the variable {key},", value);
    }

    internal static void CheckHostName(string name)
    {
        CheckText("The host name", name);
        if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > HostNameBytes)
        {
            throw new ArgumentException($"The host name {Show(name)} is empty or longer than {HostNameBytes} bytes; choose one of 1 to {HostNameBytes}.");
        }
    }

    internal static void CheckGroups(IReadOnlyCollection<uint> groups)
    {
        if (groups.Count > MostGroups)
        {
            throw new ArgumentException($"There are {groups.Count} groups; give at most {MostGroups}.");
        }
    }

    internal static void CheckUmask(int umask)
    {
        if (umask is < 0 or > 0x1FF)
        {
            throw new ArgumentException($"The umask is {umask} in decimal; give permission bits, octal 0 to 777 (decimal 0 to 511).");
        }
    }

    internal static void CheckSize(ProgramEnvironment environment, Limits limits)
    {
        long bytes = (long)environment.Arguments.Block.Length + environment.Variables.Block.Length;
        if (bytes > limits.ArgumentBytes)
        {
            throw new ArgumentException(
                $"Arguments and variables take {bytes} bytes, and Limits.ArgumentBytes is {limits.ArgumentBytes}; give less, or raise the limit.");
        }
    }

    /// <summary>A text as an error shows it: control characters spelt out, and not endless.</summary>
    private static string Show(string text)
    {
        StringBuilder shown = new("\"");
        foreach (char character in text.AsSpan(0, Math.Min(text.Length, 100)))
        {
            _ = char.IsControl(character) || char.IsSurrogate(character)
                ? shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}")
                : shown.Append(character);
        }

        return shown.Append(text.Length > 100 ? "…\"" : "\"").ToString();
    }
}
