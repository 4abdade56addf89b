using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using ZstdSharp;

namespace Marcotte.Vfs.Tests.Archives;

/// <summary>Boxes with an archive mounted at <c>/a</c>, and archives by the BCL's writers.</summary>
internal static class ArchiveBox
{
    public static TestBox Of(byte[] archive, ArchiveOptions? options = null) =>
        new(files => files.MountArchive("/a", archive, options ?? ArchiveOptions.Default));

    /// <summary>What Build says of an archive that it refuses.</summary>
    public static string Refusal(byte[] archive, ArchiveOptions? options = null)
    {
        string? message = null;
        try
        {
            Of(archive, options).Dispose();
        }
        catch (InvalidDataException e)
        {
            message = e.Message;
        }

        Assert.That(message, Is.Not.Null, "it was mounted");
        return message!;
    }

    public static byte[] Tar(TarEntryFormat format, Action<TarWriter> write)
    {
        using MemoryStream stream = new();
        using (TarWriter writer = new(stream, format, leaveOpen: true))
        {
            write(writer);
        }

        return stream.ToArray();
    }

    public static byte[] Zip(Action<ZipArchive> write)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            write(zip);
        }

        return stream.ToArray();
    }

    public static ZipArchiveEntry Add(this ZipArchive zip, string name, byte[] content, CompressionLevel level = CompressionLevel.Optimal, int mode = 0)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, level);
        if (mode != 0)
        {
            entry.ExternalAttributes = mode << 16;
        }

        using Stream stream = entry.Open();
        stream.Write(content);
        return entry;
    }

    public static byte[] GZip(byte[] bytes)
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    public static byte[] Zstd(byte[] bytes)
    {
        using Compressor compressor = new();
        return compressor.Wrap(bytes).ToArray();
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Bytes that do not repeat soon and compress somewhat.</summary>
    public static byte[] Pattern(int length)
    {
        byte[] bytes = new byte[length];
        uint state = 1;
        for (int i = 0; i < length; i++)
        {
            state = (state * 1664525) + 1013904223;
            bytes[i] = (byte)((state >> 24) & 0x3F);
        }

        return bytes;
    }
}
