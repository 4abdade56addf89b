using Marcotte.Abi;

namespace Marcotte.Wasix;

/// <summary>All functions of both modules, family by family, and those of preview 1 that mean something else to WASIX.</summary>
internal static class WasixImports
{
    /// <summary>91 of <c>wasix_32v1</c> and one of <c>wasi</c>.</summary>
    internal static IReadOnlyList<HostImport> All { get; } =
    [
        .. Descriptors.HostImports,
        .. PathOpening.HostImports,
        .. WorkingDirectory.HostImports,
        .. Terminals.HostImports,
        .. Clocks.HostImports,
        .. Signals.HostImports,
        .. Threads.HostImports,
        .. Futexes.HostImports,
        .. Stacks.HostImports,
        .. Processes.HostImports,
        .. Programs.HostImports,
        .. Spawning.HostImports,
        .. Pollers.HostImports,
        .. Sockets.HostImports,
        .. SocketOptions.HostImports,
        .. Ports.HostImports,
        .. Linking.HostImports,
    ];

    /// <summary>Functions of preview 1.</summary>
    internal static IReadOnlyList<HostImport> Replacements { get; } = [.. Preview1.HostImports];
}
