using Marcotte;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AspNetHost;

/// <summary>Puts the host together.</summary>
public static class Runner
{
    /// <summary>Builds the application.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The application, not yet started.</returns>
    public static WebApplication Build(params string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        IConfigurationSection section = builder.Configuration.GetSection("Runner");
        RunnerOptions limits = section.Get<RunnerOptions>() ?? new RunnerOptions();

        builder.Services.AddOptions<RunnerOptions>().Bind(section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<RunnerOptions>, RunnerOptionsValidator>();
        builder.Services.AddMarcotte(builder.Configuration.GetSection("Marcotte"));
        builder.Services.AddHealthChecks().AddMarcotte();
        builder.Services.AddSingleton<ModuleCache>();
        builder.Services.AddProblemDetails();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = limits.UploadBytes);
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = limits.RequestTimeout });
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = static (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "1";
                return ValueTask.CompletedTask;
            };
            limiter.AddConcurrencyLimiter("boxes", boxes => (boxes.PermitLimit, boxes.QueueLimit) = (limits.Concurrency, limits.Queue));
        });
        AddTelemetry(builder);

        WebApplication app = builder.Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = static exception => exception switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                InvalidDataException => StatusCodes.Status400BadRequest,
                _ => StatusCodes.Status500InternalServerError,
            },
        });
        app.UseStatusCodePages();
        app.UseRateLimiter();
        app.UseRequestTimeouts();
        app.MapHealthChecks("/health").DisableRequestTimeout();
        app.MapPost("/run", RunEndpoint.Handle).RequireRateLimiting("boxes");
        return app;
    }

    // Nothing is exported unless it is asked for: OTEL_EXPORTER_OTLP_ENDPOINT names a collector, Telemetry:Console the console.
    private static void AddTelemetry(WebApplicationBuilder builder)
    {
        bool console = builder.Configuration.GetValue<bool>("Telemetry:Console");
        bool collector = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        if (!console && !collector)
        {
            return;
        }

        IOpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(MarcotteTelemetry.MeterName).AddAspNetCoreInstrumentation();
                _ = console ? metrics.AddConsoleExporter() : metrics;
            })
            .WithTracing(traces =>
            {
                traces.AddSource(MarcotteTelemetry.ActivitySourceName).AddAspNetCoreInstrumentation();
                _ = console ? traces.AddConsoleExporter() : traces;
            });
        _ = collector ? telemetry.UseOtlpExporter() : telemetry;
    }
}
