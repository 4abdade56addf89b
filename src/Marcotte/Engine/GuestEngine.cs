using System.Globalization;
using Marcotte.Abi;
using Wasmtime;

namespace Marcotte;

/// <summary>One engine of Wasmtime's, configured for boxes.</summary>
internal sealed class GuestEngine : IDisposable
{
    internal GuestEngine(BoxEngineOptions options, bool pooling)
    {
        using Config config = Configure(options).WithSharedMemory(true);
        using PoolingAllocationConfig? pool = pooling ? MemoryPool.Configure(options.MaxBoxes) : null;
        if (pool is not null)
        {
            config.WithPoolingAllocationStrategy(pool);
        }

        Fingerprint = string.Create(CultureInfo.InvariantCulture, $"{options.StackBytes}{(options.Fuel ? "f" : string.Empty)}{(options.ShareData ? string.Empty : "c")}{(pooling ? "p" : string.Empty)}");
        Wasmtime = new Engine(config);
        Interrupter = new EpochInterrupter(Wasmtime);
    }

    internal Engine Wasmtime { get; }

    internal EpochInterrupter Interrupter { get; }

    /// <summary>What distinguishes code compiled by this engine from that of others.</summary>
    internal string Fingerprint { get; }

    public void Dispose()
    {
        Interrupter.Dispose();
        Wasmtime.Dispose();
    }

    private static Config Configure(BoxEngineOptions options)
    {
        Config config = new Config()
            .WithGuestStack(options.StackBytes)
            .WithEpochInterruption(true)
            .WithFuelConsumption(options.Fuel)
            .WithMemoryMayMove(false)
            .WithStaticMemoryMaximumSize(MemoryPool.ReservationBytes)
            .WithMemoryInitCopyOnWrite(options.ShareData)
            .WithBulkMemory(true)
            .WithReferenceTypes(true)
            .WithFunctionReferences(true)
            .WithMultiValue(true)
            .WithMultiMemory(true)
            .WithMemory64(true)
            .WithSIMD(true)
            .WithTailCalls(true)
            .WithGc(true)
            .WithExceptions(true)
            .WithWasmThreads(true);

        // A hardware trap ends a process that runs under control-flow enforcement; macOS would take the host's mach ports.
        if (OperatingSystem.IsWindows())
        {
            config.WithSignalsBasedTraps(false);
        }
        else if (OperatingSystem.IsMacOS())
        {
            config.WithMacosMachPorts(false);
        }

        return config;
    }
}
