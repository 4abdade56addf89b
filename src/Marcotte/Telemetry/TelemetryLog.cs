using Marcotte.Abi;
using Microsoft.Extensions.Logging;

namespace Marcotte;

/// <summary>What is logged. The numbers are part of the contract: one that was given is never given again.</summary>
internal static partial class TelemetryLog
{
    [LoggerMessage(1, LogLevel.Information, "Template {Template} was built in {Milliseconds:0.0} ms")]
    internal static partial void TemplateBuilt(ILogger logger, string template, double milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "Template {Template} cannot be built, its module is not usable: {Reason}")]
    internal static partial void ModuleRefused(ILogger logger, string template, LogText reason);

    [LoggerMessage(3, LogLevel.Warning, "Template {Template} cannot be built, its module imports what no layer backs: {Reason}")]
    internal static partial void SurfaceRefused(ILogger logger, string template, LogText reason);

    [LoggerMessage(10, LogLevel.Debug, "Box of {Template} started")]
    internal static partial void BoxStarted(ILogger logger, string template);

    [LoggerMessage(11, LogLevel.Debug, "Box of {Template} exited with code {ExitCode} after {Milliseconds:0.000} ms and {Syscalls} host calls")]
    internal static partial void BoxExited(ILogger logger, string template, int exitCode, double milliseconds, long syscalls);

    [LoggerMessage(12, LogLevel.Warning, "Box of {Template} trapped after {Milliseconds:0.000} ms: {Trap} in {Frame}")]
    internal static partial void BoxTrapped(ILogger logger, string template, double milliseconds, GuestTrapKind trap, LogText frame);

    [LoggerMessage(13, LogLevel.Information, "Box of {Template} was ended by its host after {Milliseconds:0.000} ms")]
    internal static partial void BoxKilled(ILogger logger, string template, double milliseconds);

    [LoggerMessage(14, LogLevel.Warning, "Box of {Template} was ended, its time was over after {Milliseconds:0.000} ms")]
    internal static partial void BoxTimedOut(ILogger logger, string template, double milliseconds);

    [LoggerMessage(15, LogLevel.Warning, "Box of {Template} ran out of fuel after {Milliseconds:0.000} ms")]
    internal static partial void BoxOutOfFuel(ILogger logger, string template, double milliseconds);

    [LoggerMessage(16, LogLevel.Warning, "Box of {Template} ran out of memory after {Milliseconds:0.000} ms with {MemoryBytes} bytes")]
    internal static partial void BoxOutOfMemory(ILogger logger, string template, double milliseconds, long memoryBytes);

    [LoggerMessage(17, LogLevel.Error, "Box of {Template} was ended after {Milliseconds:0.000} ms by a host call that failed")]
    internal static partial void HostCallFailed(ILogger logger, Exception exception, string template, double milliseconds);

    [LoggerMessage(18, LogLevel.Error, "Box of {Template} could not be started")]
    internal static partial void BoxNotStarted(ILogger logger, Exception exception, string template);
}
