using System.Formats.Tar;

namespace Marcotte.Benchmarks.Sides;

/// <summary>A tar with the file that <c>file.wat</c> reads, among many small ones.</summary>
internal static class PreparedArchive
{
    private const int FileBytes = 64 * 1024;

    /// <summary>Makes one.</summary>
    /// <param name="path">The host's file.</param>
    /// <param name="entries">How many entries it has.</param>
    public static void Make(string path, int entries)
    {
        using TarWriter writer = new(File.Create(path), TarEntryFormat.Ustar);
        for (int i = 1; i < entries; i++)
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, FormattableString.Invariant($"d{i / 1000}/f{i}"))
            {
                DataStream = new MemoryStream("some bytes of a small file"u8.ToArray()),
            });
        }

        writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "data") { DataStream = new MemoryStream(new byte[FileBytes]) });
    }
}
