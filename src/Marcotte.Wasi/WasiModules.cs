namespace Marcotte.Wasi;

/// <summary>The names that guests import WASI from.</summary>
internal static class WasiModules
{
    /// <summary>Snapshot 1, which is what "WASI preview 1" means.</summary>
    internal const string Preview1 = "wasi_snapshot_preview1";

    /// <summary>Snapshot 0: the same calls but sock_accept, with other layouts of filestat, whence and the clock subscription.</summary>
    internal const string Unstable = "wasi_unstable";
}
