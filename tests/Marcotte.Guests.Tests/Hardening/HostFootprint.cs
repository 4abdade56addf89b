namespace Marcotte.Guests.Tests;

/// <summary>What this process takes of its host, as Linux counts it.</summary>
/// <param name="Managed">Bytes of live objects.</param>
/// <param name="Resident">Bytes of private resident memory.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Files">Open files.</param>
/// <param name="Mappings">Mappings of memory.</param>
internal sealed record HostFootprint(long Managed, long Resident, long Threads, long Files, long Mappings)
{
    internal static HostFootprint Take()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return new HostFootprint(
            GC.GetTotalMemory(forceFullCollection: true),
            Status("RssAnon:") * 1024,
            Status("Threads:"),
            Directory.GetFileSystemEntries("/proc/self/fd").Length,
            File.ReadLines("/proc/self/maps").LongCount());
    }

    private static long Status(string name)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
