using System.IO.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace Marcotte.Vfs.HostAccess;

/// <summary>What .NET's <c>RandomAccess</c> does needs handles of the operating system, and a box has none.</summary>
internal sealed class TreeRandomAccess(TreeFileSystem files) : IRandomAccess
{
    public IFileSystem FileSystem => files;

    public void FlushToDisk(SafeFileHandle handle) => throw NoHandles();

    public long GetLength(SafeFileHandle handle) => throw NoHandles();

    public int Read(SafeFileHandle handle, Span<byte> buffer, long fileOffset) => throw NoHandles();

    public long Read(SafeFileHandle handle, IReadOnlyList<Memory<byte>> buffers, long fileOffset) => throw NoHandles();

    public ValueTask<int> ReadAsync(SafeFileHandle handle, Memory<byte> buffer, long fileOffset, CancellationToken cancellationToken = default) =>
        throw NoHandles();

    public ValueTask<long> ReadAsync(SafeFileHandle handle, IReadOnlyList<Memory<byte>> buffers, long fileOffset, CancellationToken cancellationToken = default) =>
        throw NoHandles();

    public void SetLength(SafeFileHandle handle, long length) => throw NoHandles();

    public void Write(SafeFileHandle handle, ReadOnlySpan<byte> buffer, long fileOffset) => throw NoHandles();

    public void Write(SafeFileHandle handle, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long fileOffset) => throw NoHandles();

    public ValueTask WriteAsync(SafeFileHandle handle, ReadOnlyMemory<byte> buffer, long fileOffset, CancellationToken cancellationToken = default) =>
        throw NoHandles();

    public ValueTask WriteAsync(SafeFileHandle handle, IReadOnlyList<ReadOnlyMemory<byte>> buffers, long fileOffset, CancellationToken cancellationToken = default) =>
        throw NoHandles();

    internal static NotSupportedException NoHandles() =>
        new("A box's files have no handles of the operating system; open a stream with File.Open or FileStream.New, and seek in that.");

    internal static NotSupportedException NoWrapping(string kind) =>
        new($"A {kind} of System.IO is one of the host's files, not of the box's; make one here with New and a path of the box.");
}
