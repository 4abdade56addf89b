using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Marcotte.Cli.Streams;

/// <summary>The tool's own standard streams, as raw bytes, with nothing in between.</summary>
internal static class HostStreams
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>Opens standard input.</summary>
    /// <remarks>
    /// A terminal is read as the file it is: .NET's console would put its own line editor in between. All else is read
    /// through the console's stream, which leaves the position of a redirected file where others expect it.
    /// </remarks>
    internal static Stream OpenInput() => Console.IsInputRedirected || OperatingSystem.IsWindows()
        ? Console.OpenStandardInput()
        : new FileStream(new SafeFileHandle(StandardInput, ownsHandle: false), FileAccess.Read, bufferSize: 0);

    /// <summary>Opens standard output.</summary>
    internal static Stream OpenOutput() => OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new DescriptorStream(StandardOutput);

    /// <summary>Opens standard error.</summary>
    internal static Stream OpenError() => OperatingSystem.IsWindows() ? Console.OpenStandardError() : new DescriptorStream(StandardError);

    /// <summary>Opens standard error for lines of the tool's own.</summary>
    internal static TextWriter OpenErrorText() => new StreamWriter(new UnfailingStream(OpenError()), new UTF8Encoding(false), 1024) { AutoFlush = true, NewLine = "\n" };

    /// <summary>Writes to standard error at once; when nobody reads it, to nobody.</summary>
    internal static void WriteError(string text)
    {
        using TextWriter writer = OpenErrorText();
        writer.Write(text);
    }
}
