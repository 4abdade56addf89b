using System.Runtime.InteropServices;

namespace Marcotte.Abi.Interop;

/// <summary>The pages that the host keeps of what is mapped. Where it does not tell of them, all are taken to be there.</summary>
internal static unsafe partial class HostPages
{
    /// <summary>Bytes of a page; where the host's are larger nothing is asked of it.</summary>
    internal const int Size = 4096;

    private const ulong Present = 1UL << 63;
    private const ulong Swapped = 1UL << 62;
    private const ulong OfFile = 1UL << 61;
    private const int PopulateWrite = 23;
    private const int CloseOnExec = 0x80000;

    /// <summary>Below this, being asked costs the host more than being surprised.</summary>
    private const nuint LeastPopulated = 4 * Size;

    private static readonly int Map = OpenMap();

    /// <summary>Asks which pages of private memory have been written to since it was mapped.</summary>
    /// <param name="start">The first page.</param>
    /// <param name="entries">What the host says, a page each; for <see cref="IsWritten"/>.</param>
    internal static void Ask(byte* start, Span<ulong> entries)
    {
        nint length = entries.Length * sizeof(ulong);
        fixed (ulong* first = entries)
        {
            if (Map < 0 || Read(Map, first, (nuint)length, (long)((nuint)start / Size * sizeof(ulong))) != length)
            {
                entries.Fill(Present);
            }
        }
    }

    /// <summary>Whether a page may hold anything else than what was mapped: zeros, or a file's bytes.</summary>
    /// <param name="entry">What the host says of it.</param>
    /// <returns>True as well when it was only read.</returns>
    internal static bool IsWritten(ulong entry) => (entry & (Present | Swapped)) != 0 && (entry & OfFile) == 0;

    /// <summary>
    /// Has the host find pages for memory that is about to be written, all at once, which is several times quicker than one by one as each is first written to.
    /// Where the host knows no such call, that is what happens.
    /// </summary>
    /// <param name="start">The first page.</param>
    /// <param name="length">How many bytes.</param>
    internal static void Populate(byte* start, nuint length)
    {
        if (Map >= 0 && length >= LeastPopulated)
        {
            _ = Advise(start, length, PopulateWrite);
        }
    }

    private static int OpenMap()
    {
        if (!OperatingSystem.IsLinux() || Environment.SystemPageSize != Size)
        {
            return -1;
        }

        int map;
        fixed (byte* path = "/proc/self/pagemap\0"u8)
        {
            map = Open(path, CloseOnExec);
        }

        return map >= 0 && TellsTheTruth(map) ? map : -1;
    }

    /// <summary>Asks about a page that is surely written, its own stack's: a host that only plays Linux may say anything.</summary>
    private static bool TellsTheTruth(int map)
    {
        ulong entry = 0;
        nint length = Read(map, &entry, sizeof(ulong), (long)((nuint)(&entry) / Size * sizeof(ulong)));
        return length == sizeof(ulong) && IsWritten(entry);
    }

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "pread64")]
    private static partial nint Read(int file, void* buffer, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* start, nuint length, int advice);
}
