using Marcotte.Cli.Streams;

namespace Marcotte.Cli;

/// <summary>Says on standard error how a program ended, when that is not by itself.</summary>
internal static class Ending
{
    /// <returns>The exit code.</returns>
    internal static int Report(Outcome outcome, RunRequest request, bool interrupted) => outcome switch
    {
        Exited exited => exited.Code & 0xFF,
        Trapped trapped => ReportTrap(trapped),
        TimedOut timedOut => ReportTimeout(request, timedOut.ExitCode),
        OutOfFuel outOfFuel => Complaint.Write($"the program's fuel of {request.Fuel} ran out; give it more with --fuel", outOfFuel.ExitCode),
        OutOfMemory outOfMemory => Complaint.Write($"the program ran out of memory at {ByteSize.Format(outOfMemory.Usage.MemoryBytes)}{MemoryLimit(request)}", outOfMemory.ExitCode),
        Killed { Denied: { } call } killed => Complaint.Write($"the program was ended: its policy denies {call.Name}, which answers no error", killed.ExitCode),
        Signaled signaled => Complaint.Write($"the program was ended by signal {(int)signaled.Signal} ({signaled.Signal})", signaled.ExitCode),
        _ => ReportKill(interrupted, outcome.ExitCode),
    };

    /// <summary>The program was ended, and does not notice.</summary>
    /// <returns>The exit code.</returns>
    internal static int ReportStuck(bool interrupted, RunRequest request) =>
        interrupted ? ReportKill(interrupted, ExitCodes.Killed) : ReportTimeout(request, ExitCodes.TimedOut);

    private static int ReportTrap(Trapped trapped)
    {
        HostStreams.WriteError($"{ToolCommand.ToolName}: the program trapped: {trapped.Trap}\n");
        if (trapped.Cause is not null)
        {
            HostStreams.WriteError($"{ToolCommand.ToolName}: a host call failed, please report it: {trapped.Cause}\n");
        }

        return trapped.ExitCode;
    }

    private static int ReportTimeout(RunRequest request, int exitCode) =>
        Complaint.Write($"the program was ended after its time of {Duration.Format(request.Timeout ?? TimeSpan.Zero)}", exitCode);

    private static int ReportKill(bool interrupted, int exitCode) =>
        Complaint.Write(interrupted ? "the program was ended, as a signal asked for" : "the program was killed", exitCode);

    private static string MemoryLimit(RunRequest request) =>
        request.MemoryBytes is { } limit ? $"; its limit is {ByteSize.Format(limit)}, give it more with --memory" : string.Empty;
}
