using Marcotte.Core;
using Marcotte.Cli.Interactive;
using Marcotte.Cli.Streams;

namespace Marcotte.Cli;

/// <summary>Runs a program in a box, and gives the exit code that a shell expects.</summary>
internal static class Runner
{
    /// <exception cref="HostMistakeException">It cannot be run.</exception>
    internal static int Run(RunRequest request)
    {
        SyscallCounts? counts = request.Statistics ? new SyscallCounts() : null;
        TreeFiles.Check(request);
        if (request.Interactive)
        {
            HostTerminal.Require();
        }

        using Interruption interruption = new(request);
        using StreamWriter? audit = request.AuditFile is { } file ? AuditFile.Open(file) : null;
        using BoxTemplate template = Build(request, counts, audit);
        using Box box = Create(template, request);
        ProcessRecords? records = request.Processes ? new ProcessRecords(box.Processes) : null;
        Outcome outcome = Execute(box, request, interruption);
        int exitCode = Ending.Report(outcome, request, interruption.Requested);
        interruption.Dispose();
        TreeFiles.Write(box, request);
        if (records is not null)
        {
            HostStreams.WriteError(records.Write());
        }

        if (counts is not null)
        {
            HostStreams.WriteError(Summary.Write(outcome, counts));
        }

        return exitCode;
    }

    private static BoxTemplate Build(RunRequest request, SyscallCounts? counts, TextWriter? audit)
    {
        GuestModule module = ModuleFile.Find(request.Module);
        try
        {
            BoxBuilder builder = BoxRecipe.Builder(request);
            if (!request.Interactive)
            {
                builder.WithHostStreams(request);
            }

            if (SyscallObserver.Combine(Trace(request), counts) is { } observer)
            {
                builder.WithObserver(observer);
            }

            if (audit is not null)
            {
                builder.WithAudit(new JsonAudit(audit));
            }

            return ModuleFile.WithEngine(BoxRecipe.Engine(request), request.Cache, engine => builder.WithEngine(engine).Build(module));
        }
        catch (SurfaceException exception)
        {
            throw new HostMistakeException(
                $"module '{request.Module}' imports what no layer of this tool offers: {string.Join(", ", exception.Missing.Select(import => $"{import.Module}.{import.Name}"))}; see 'marcotte inspect', and run it from .NET with a layer that offers it");
        }
        catch (Exception exception) when (exception is InvalidModuleException or ArgumentException or InvalidOperationException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new HostMistakeException(Complaint.Of(exception));
        }
    }

    private static Box Create(BoxTemplate template, RunRequest request)
    {
        if (template.IsReactor)
        {
            throw new HostMistakeException($"module '{request.Module}' exports no _start, so there is nothing to run; link it as a command, not as a reactor or library");
        }

        try
        {
            return template.Create(request.Interactive ? new BoxStart { Terminal = HostTerminal.Size() } : null);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new HostMistakeException(Complaint.Of(exception));
        }
    }

    private static TextTrace? Trace(RunRequest request) => request.Trace ? new TextTrace(HostStreams.OpenErrorText()) { Durations = request.Durations } : null;

    private static Outcome Execute(Box box, RunRequest request, Interruption interruption)
    {
        using Session? session = request.Interactive ? new Session(box.Terminal!) : null;
        interruption.Guard(box, session is null ? null : session.Restore);
        try
        {
            Outcome outcome = box.Run();
            session?.Finish();
            return outcome;
        }
        catch (Abi.GuestRefusedException exception)
        {
            throw new HostMistakeException($"module '{request.Module}' cannot be started: {exception.Message.TrimEnd('.')}; it asks for more than the tool's limits");
        }
    }
}
