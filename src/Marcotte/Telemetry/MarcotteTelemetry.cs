using System.Diagnostics;

namespace Marcotte;

/// <summary>What Marcotte's measurements and activities are found under, as in <c>AddMeter(MarcotteTelemetry.MeterName)</c>.</summary>
public static class MarcotteTelemetry
{
    /// <summary>The <see cref="System.Diagnostics.Metrics.Meter"/>'s name.</summary>
    public const string MeterName = "Marcotte";

    /// <summary>The <see cref="ActivitySource"/>'s name.</summary>
    public const string ActivitySourceName = "Marcotte";

    internal const string Template = "marcotte.template";
    internal const string Outcome = "marcotte.outcome";
    internal const string Export = "marcotte.export";
    internal const string Abi = "marcotte.abi";
    internal const string Syscall = "marcotte.syscall";
    internal const string Direction = "marcotte.io.direction";
    internal const string Signal = "marcotte.signal";
    internal const string Executable = "process.executable.path";
    internal const string ErrorType = "error.type";
    internal const string NotStarted = "not_started";

    internal static string? Version { get; } = typeof(MarcotteTelemetry).Assembly.GetName().Version?.ToString(3);

    internal static ActivitySource Activities { get; } = new(ActivitySourceName, Version);
}
