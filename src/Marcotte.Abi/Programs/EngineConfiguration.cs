using Marcotte.Abi.Interop;
using Wasmtime;

namespace Marcotte.Abi;

/// <summary>Settings of an engine that the .NET package lacks or that only go together.</summary>
public static class EngineConfiguration
{
    /// <summary>Sets how much stack guests' frames may take.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="bytes">The size.</param>
    /// <returns>The configuration.</returns>
    public static Config WithGuestStack(this Config config, int bytes)
    {
        // Wasmtime ends the host's process when the stack of its fibers, which are not used here, is not the larger.
        LibWasmtime.ConfigAsyncStackSizeSet(NativeHandles.Of(config).DangerousGetHandle(), (nuint)bytes + (256 * 1024));
        return config.WithMaximumStackSize(bytes);
    }

    /// <summary>Lets memories be shared between guest threads; the pooling allocator cannot.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="enable">Whether to.</param>
    /// <returns>The configuration.</returns>
    public static Config WithSharedMemory(this Config config, bool enable)
    {
        LibWasmtime.ConfigSharedMemorySet(NativeHandles.Of(config).DangerousGetHandle(), enable);
        return config;
    }
}
