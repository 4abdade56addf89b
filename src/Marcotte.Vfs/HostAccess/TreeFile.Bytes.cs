namespace Marcotte.Vfs.HostAccess;

/// <content>Whole files of bytes.</content>
internal sealed partial class TreeFile
{
    public void AppendAllBytes(string path, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        AppendAllBytes(path, bytes.AsSpan());
    }

    public void AppendAllBytes(string path, ReadOnlySpan<byte> bytes)
    {
        using Stream stream = StreamOpener.Open(Tree, path, new StreamRequest(FileMode.Append, FileAccess.Write, FileShare.Read));
        stream.Write(bytes);
    }

    public Task AppendAllBytesAsync(string path, byte[] bytes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return AppendAllBytesAsync(path, bytes.AsMemory(), cancellationToken);
    }

    public Task AppendAllBytesAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Completed.Task(() => AppendAllBytes(path, bytes.Span), cancellationToken);
    }

    public byte[] ReadAllBytes(string path)
    {
        using Stream stream = OpenRead(path);
        long length = stream.CanSeek ? stream.Length : 0;
        if (length > Array.MaxLength)
        {
            throw new IOException("The file is too long. This operation is currently limited to supporting files less than 2 gigabytes in size.");
        }

        // What tells no length, such as a device, is read to its end.
        byte[] bytes = new byte[length];
        int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (count == length && length > 0)
        {
            return bytes;
        }

        using MemoryStream rest = new();
        rest.Write(bytes, 0, count);
        stream.CopyTo(rest);
        return rest.ToArray();
    }

    public Task<byte[]> ReadAllBytesAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Completed.Task(() => ReadAllBytes(path), cancellationToken);
    }

    public void WriteAllBytes(string path, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        WriteAllBytes(path, bytes.AsSpan());
    }

    public void WriteAllBytes(string path, ReadOnlySpan<byte> bytes)
    {
        using Stream stream = StreamOpener.Open(Tree, path, new StreamRequest(FileMode.Create, FileAccess.Write, FileShare.Read));
        stream.Write(bytes);
    }

    public Task WriteAllBytesAsync(string path, byte[] bytes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return WriteAllBytesAsync(path, bytes.AsMemory(), cancellationToken);
    }

    public Task WriteAllBytesAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Completed.Task(() => WriteAllBytes(path, bytes.Span), cancellationToken);
    }
}
