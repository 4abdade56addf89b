using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AspNetHost;

/// <summary>What this host lets a request have; what a box may have is in the section "Marcotte".</summary>
public sealed class RunnerOptions
{
    /// <summary>Bytes of a request's body.</summary>
    [Range(8, 1 << 30)]
    public int UploadBytes { get; set; } = 4 << 20;

    /// <summary>Bytes that are kept of standard output, and of standard error.</summary>
    [Range(0, 1 << 30)]
    public int OutputBytes { get; set; } = 64 << 10;

    /// <summary>Requests that are served at once.</summary>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 8;

    /// <summary>Requests that wait for their turn.</summary>
    [Range(0, 100_000)]
    public int Queue { get; set; } = 16;

    /// <summary>Compiled modules that are kept.</summary>
    [Range(1, 10_000)]
    public int CachedModules { get; set; } = 32;

    /// <summary>Time of a whole request: upload, compilation, run.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>Checks them when the host starts.</summary>
[OptionsValidator]
public sealed partial class RunnerOptionsValidator : IValidateOptions<RunnerOptions>;
