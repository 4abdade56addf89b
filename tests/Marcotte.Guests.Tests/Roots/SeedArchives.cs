using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Marcotte.Guests.Tests;

/// <summary>Archives of what is there before a run, made by .NET's own writers.</summary>
internal static class SeedArchives
{
    private const int UnixLink = 0xA1FF;
    private const int UnixFile = 0x81A4;
    private const int UnixDirectory = 0x41ED;

    internal static byte[] Tar(IEnumerable<Seed> seeds)
    {
        using MemoryStream stream = new();
        using (TarWriter writer = new(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "./") { Mode = (UnixFileMode)0x1ED });
            foreach (Seed seed in seeds)
            {
                writer.WriteEntry(seed.Entry.Kind switch
                {
                    TreeEntryKind.Directory => new PaxTarEntry(TarEntryType.Directory, seed.Path) { Mode = (UnixFileMode)0x1ED },
                    TreeEntryKind.Link => new PaxTarEntry(TarEntryType.SymbolicLink, seed.Path) { LinkName = seed.Entry.Target! },
                    _ => new PaxTarEntry(TarEntryType.RegularFile, seed.Path) { Mode = (UnixFileMode)0x1A4, DataStream = new MemoryStream(seed.Entry.Content) },
                });
            }
        }

        return stream.ToArray();
    }

    internal static byte[] Zip(IEnumerable<Seed> seeds)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (Seed seed in seeds)
            {
                bool isDirectory = seed.Entry.Kind == TreeEntryKind.Directory;
                ZipArchiveEntry entry = archive.CreateEntry(isDirectory ? seed.Path + "/" : seed.Path);
                (int mode, byte[] content) = seed.Entry.Kind switch
                {
                    TreeEntryKind.Directory => (UnixDirectory, Array.Empty<byte>()),
                    TreeEntryKind.Link => (UnixLink, Encoding.UTF8.GetBytes(seed.Entry.Target!)),
                    _ => (UnixFile, seed.Entry.Content),
                };
                entry.ExternalAttributes = mode << 16;
                using Stream data = entry.Open();
                data.Write(content);
            }
        }

        return stream.ToArray();
    }
}
