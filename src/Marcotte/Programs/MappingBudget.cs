using System.Diagnostics;
using System.Globalization;

namespace Marcotte;

/// <summary>
/// Whether the host has room for the thread of another guest. Linux has a bound on the mappings of a process (<c>vm.max_map_count</c>); threads and memories of guests
/// take several each, and where none is left the runtime ends the whole process. So that a guest hears of it before, mappings
/// are counted now and then: the nearer the bound, the more often.
/// </summary>
/// <param name="bound">How many the process may have.</param>
/// <param name="count">How many it has.</param>
internal sealed class MappingBudget(long bound, Func<long> count)
{
    /// <summary>What a thread takes with its process's memory, and a little more.</summary>
    private const int PerThread = 12;

    /// <summary>Of so many mappings one is left for all else.</summary>
    private const int Share = 32;

    private const int MostUncounted = 512;

    /// <summary>To count takes long where there are many, and guests may ask again and again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private long _allowed;
    private long _refused;

    /// <summary>The host process's own; null where there is no such bound.</summary>
    internal static MappingBudget? OfHost { get; } = OperatingSystem.IsLinux() ? Read() : null;

    /// <summary>Takes room for one more.</summary>
    /// <returns>False when there is none.</returns>
    internal bool TryTake()
    {
        lock (_gate)
        {
            if (_allowed == 0)
            {
                if (_refused != 0 && Stopwatch.GetElapsedTime(_refused) < Pause)
                {
                    return false;
                }

                _allowed = Math.Clamp((bound - (bound / Share) - count()) / PerThread, 0, MostUncounted);
                _refused = _allowed == 0 ? Stopwatch.GetTimestamp() : 0;
                if (_allowed == 0)
                {
                    return false;
                }
            }

            _allowed--;
            return true;
        }
    }

#pragma warning disable RS0030 // A host driver: what the kernel tells of the host's own process.
    private static MappingBudget? Read()
    {
        try
        {
            return new MappingBudget(long.Parse(File.ReadAllText("/proc/sys/vm/max_map_count"), CultureInfo.InvariantCulture), Count);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    /// <summary>One line each.</summary>
    private static long Count()
    {
        Span<byte> buffer = stackalloc byte[4096];
        long lines = 0;
        using FileStream maps = new("/proc/self/maps", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        for (int length; (length = maps.Read(buffer)) > 0;)
        {
            lines += buffer[..length].Count((byte)'\n');
        }

        return lines;
    }
#pragma warning restore RS0030
}
