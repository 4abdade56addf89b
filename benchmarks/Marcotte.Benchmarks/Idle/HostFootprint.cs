using System.Globalization;

namespace Marcotte.Benchmarks.Idle;

/// <summary>What this process takes of a Linux host, as the kernel counts it.</summary>
/// <param name="Managed">Bytes of live objects.</param>
/// <param name="Resident">Bytes of private resident memory, the collector's heap included.</param>
/// <param name="Reserved">Bytes of address space.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Files">Open files.</param>
/// <param name="Mappings">Mappings of memory, which Linux has a bound on for each process (<c>vm.max_map_count</c>).</param>
internal readonly record struct HostFootprint(double Managed, double Resident, double Reserved, double Threads, double Files, double Mappings)
{
    public static HostFootprint operator -(HostFootprint left, HostFootprint right) => new(
        left.Managed - right.Managed,
        left.Resident - right.Resident,
        left.Reserved - right.Reserved,
        left.Threads - right.Threads,
        left.Files - right.Files,
        left.Mappings - right.Mappings);

    public static HostFootprint operator /(HostFootprint all, double count) =>
        new(all.Managed / count, all.Resident / count, all.Reserved / count, all.Threads / count, all.Files / count, all.Mappings / count);

    internal static HostFootprint Take()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return new HostFootprint(
            GC.GetGCMemoryInfo(GCKind.FullBlocking).HeapSizeBytes,
            Status("RssAnon:") * 1024,
            Status("VmSize:") * 1024,
            Status("Threads:"),
            Directory.GetFileSystemEntries("/proc/self/fd").Length,
            File.ReadLines("/proc/self/maps").Count());
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Managed / 1024:N1} KiB of managed objects, {Resident / 1024:N1} KiB resident, {Reserved / (1 << 20):N0} MiB of addresses, {Threads:0.##} threads, {Files:0.##} files, {Mappings:0.##} mappings");

    private static double Status(string name)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
