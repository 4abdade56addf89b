namespace Marcotte.Wasix;

/// <summary>The names that guests import WASIX from.</summary>
internal static class WasixModules
{
    /// <summary>WASIX for 32-bit memories. Who imports anything of it means WASIX by the functions of preview 1 as well.</summary>
    internal const string Core = "wasix_32v1";

    /// <summary>Threads, as wasi-threads and WASIX start them.</summary>
    internal const string Threads = "wasi";

    /// <summary>Preview 1.</summary>
    internal const string Preview1 = "wasi_snapshot_preview1";
}
