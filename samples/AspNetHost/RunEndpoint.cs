using Marcotte;

namespace AspNetHost;

/// <summary>What became of a run, as the client gets it.</summary>
/// <param name="Outcome">How it ended, as <see cref="Marcotte.Outcome.Kind"/>.</param>
/// <param name="ExitCode">Its exit code, or what a shell would show.</param>
/// <param name="Trap">What it trapped with.</param>
/// <param name="Stdout">What it wrote to standard output.</param>
/// <param name="Stderr">What it wrote to standard error.</param>
/// <param name="DroppedBytes">What it wrote beyond what is kept.</param>
/// <param name="Milliseconds">How long it ran.</param>
/// <param name="Syscalls">How many host calls it made.</param>
/// <param name="MemoryBytes">Its memory at the end.</param>
public sealed record RunResult(
    string Outcome,
    int ExitCode,
    string? Trap,
    string Stdout,
    string Stderr,
    long DroppedBytes,
    double Milliseconds,
    long Syscalls,
    long MemoryBytes);

/// <summary>POST /run.</summary>
public static class RunEndpoint
{
    /// <summary>Runs the module that a request brings.</summary>
    /// <param name="request">The request.</param>
    /// <param name="modules">Modules that were used before.</param>
    /// <param name="lifetime">Tells when the host stops, which ends the box.</param>
    /// <returns>200 with the outcome; 504 or 422 with it when the run's time, memory or fuel was over; 422 for a module that is refused.</returns>
    public static async Task<IResult> Handle(HttpRequest request, ModuleCache modules, IHostApplicationLifetime lifetime)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted, lifetime.ApplicationStopping);
        RunRequest run = await RunRequest.ReadAsync(request, end.Token);
        Box box;
        try
        {
            box = await modules.CreateBoxAsync(run.Module, run.Start);
        }
        catch (SurfaceException exception)
        {
            IEnumerable<string> missing = exception.Missing.Take(20).Select(import => $"{import.Module}.{import.Name}");
            return TypedResults.Problem("The module imports what there is not here.", statusCode: 422, extensions: new Dictionary<string, object?> { ["missing"] = missing });
        }
        catch (InvalidModuleException exception)
        {
            return TypedResults.Problem(exception.Message, statusCode: 422);
        }
        catch (ArgumentException exception)
        {
            return TypedResults.Problem(exception.Message, statusCode: 400);
        }

        await using (box)
        {
            Outcome outcome = await box.RunAsync(end.Token);
            request.HttpContext.RequestAborted.ThrowIfCancellationRequested();
            return lifetime.ApplicationStopping.IsCancellationRequested && outcome is Killed
                ? TypedResults.Problem("The host is stopping.", statusCode: 503)
                : TypedResults.Json(Describe(outcome, box), statusCode: StatusOf(outcome));
        }
    }

    // That a program fails is an answer; that it was stopped for taking too much is an error.
    private static int StatusOf(Outcome outcome) => outcome switch
    {
        TimedOut => StatusCodes.Status504GatewayTimeout,
        OutOfMemory or OutOfFuel => StatusCodes.Status422UnprocessableEntity,
        Trapped { Cause: not null } => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status200OK,
    };

    private static RunResult Describe(Outcome outcome, Box box) => new(
        outcome.Kind,
        outcome.ExitCode,
        (outcome as Trapped)?.Trap.Message,
        box.Output!.ToString(),
        box.Error!.ToString(),
        box.Output.Dropped + box.Error.Dropped,
        outcome.Usage.Elapsed.TotalMilliseconds,
        outcome.Usage.Syscalls,
        outcome.Usage.MemoryBytes);
}

/// <summary>A module, and what its run has of its own.</summary>
/// <param name="Module">The module, binary or text.</param>
/// <param name="Start">Arguments and standard input.</param>
public sealed record RunRequest(byte[] Module, BoxStart Start)
{
    /// <summary>Reads a request: a form with the fields module, stdin and arg, or the module as the body and arguments in the query.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it asks for.</returns>
    /// <exception cref="BadHttpRequestException">It is too large (413), or has no module (400).</exception>
    public static async Task<RunRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            return new RunRequest(await ReadAllAsync(request.Body, cancellationToken), StartOf(request.Query["arg"], ReadOnlyMemory<byte>.Empty));
        }

        IFormCollection form = await request.ReadFormAsync(cancellationToken);
        IFormFile module = form.Files["module"] ?? throw new BadHttpRequestException("The form has no file 'module'.");
        ReadOnlyMemory<byte> input = form.Files["stdin"] is { } file
            ? await ReadAllAsync(file.OpenReadStream(), cancellationToken)
            : System.Text.Encoding.UTF8.GetBytes(form["stdin"].ToString());
        return new RunRequest(await ReadAllAsync(module.OpenReadStream(), cancellationToken), StartOf(form["arg"], input));
    }

    private static BoxStart StartOf(IEnumerable<string?> arguments, ReadOnlyMemory<byte> input) => new()
    {
        Arguments = [.. arguments.OfType<string>()],
        Input = StandardInput.From(input),
    };

    private static async Task<byte[]> ReadAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        using MemoryStream content = new();
        await stream.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }
}
