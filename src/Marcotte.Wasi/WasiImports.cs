using Marcotte.Abi;

namespace Marcotte.Wasi;

/// <summary>All functions of both modules, family by family.</summary>
internal static class WasiImports
{
    /// <summary>46 of snapshot 1 and 45 of snapshot 0.</summary>
    internal static IReadOnlyList<HostImport> All { get; } =
    [
        .. Arguments.HostImports,
        .. Clocks.HostImports,
        .. Descriptors.HostImports,
        .. OpenFiles.HostImports,
        .. ReadWrite.HostImports,
        .. Directories.HostImports,
        .. Preopens.HostImports,
        .. PathOpening.HostImports,
        .. Paths.HostImports,
        .. Poll.HostImports,
        .. Processes.HostImports,
        .. Randomness.HostImports,
        .. Sockets.HostImports,
    ];
}
