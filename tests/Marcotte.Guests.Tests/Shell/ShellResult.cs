using System.Text;

namespace Marcotte.Guests.Tests.Shell;

/// <summary>What a script or a program wrote and how it ended.</summary>
/// <param name="Status">Its status, as a shell shows it.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ShellResult(int Status, string Output, string Error)
{
    internal static ShellResult Of(BoxResult result) => new(
        result.Outcome is Exited exited ? exited.Code & 0xFF : result.Outcome.ExitCode,
        Encoding.UTF8.GetString(result.Output!.ToArray()),
        Encoding.UTF8.GetString(result.Error!.ToArray()));
}
