using System.Runtime.InteropServices;
using Wasmtime;

namespace Marcotte;

/// <summary>The pool that boxes' memories, tables and instances come from.</summary>
internal static partial class MemoryPool
{
    /// <summary>Address space of one linear memory: up to this it needs no bounds checks, and it never moves.</summary>
    internal const ulong ReservationBytes = 1UL << 32;

    private const ulong GuardBytes = 64UL << 20;
    private const ulong OtherBytes = 16UL << 20;

    internal static PoolingAllocationConfig Configure(int boxes) => new PoolingAllocationConfig()
        .WithMaxCoreInstances((uint)boxes)
        .WithMaxMemories((uint)boxes)
        .WithMaxTables((uint)boxes)
        .WithMaxGcHeaps((uint)boxes)
        .WithMaxMemorySize(unchecked((nuint)ReservationBytes))
        .WithMaxMemoriesPerModule(8)
        .WithMaxTablesPerModule(8)
        .WithMaxTableElements(200_000)
        .WithMaxCoreInstanceSize(4 * 1024 * 1024)
        .WithLinearMemoryKeepResidentBytes(128 * 1024)
        .WithTableKeepResidentBytes(16 * 1024);

    /// <summary>
    /// Whether the host lets so much address space be reserved. Wasmtime ends the process when it does not, so it is tried
    /// here before; where it cannot be tried it is not assumed.
    /// </summary>
    internal static bool Fits(int boxes)
    {
        if (!OperatingSystem.IsLinux())
        {
            return OperatingSystem.IsMacOS() || OperatingSystem.IsWindows();
        }

        const int NoAccess = 0;
        const int PrivateAnonymousNoReserve = 0x02 | 0x20 | 0x4000;

        // Memories and garbage-collected heaps take a place each.
        nuint length = unchecked((nuint)(((2 * (ReservationBytes + GuardBytes)) + OtherBytes) * (ulong)boxes));
        nint address = Map(0, length, NoAccess, PrivateAnonymousNoReserve, -1, 0);
        if (address == -1)
        {
            return false;
        }

        _ = Unmap(address, length);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
