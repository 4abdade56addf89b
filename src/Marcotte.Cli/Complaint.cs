using System.Text.RegularExpressions;
using Marcotte.Cli.Streams;

namespace Marcotte.Cli;

/// <summary>One line on standard error, from the tool rather than from the program.</summary>
internal static partial class Complaint
{
    /// <summary>Writes a message, on one line whatever it holds.</summary>
    /// <returns>The exit code.</returns>
    internal static int Write(string message, int exitCode)
    {
        HostStreams.WriteError($"{ToolCommand.ToolName}: {OneLine(message)}\n");
        return exitCode;
    }

    /// <summary>The message of an exception out of the library, without what .NET adds to it.</summary>
    internal static string Of(Exception exception) => ParameterSuffix().Replace(exception.Message, string.Empty).TrimEnd('.');

    private static string OneLine(string message) => Whitespace().Replace(message, " ").Trim();

    [GeneratedRegex(@"\s*[\r\n]\s*")]
    private static partial Regex Whitespace();

    [GeneratedRegex(@" \(Parameter '[^']*'\)(\s*Actual value was .*)?$", RegexOptions.Singleline)]
    private static partial Regex ParameterSuffix();
}
