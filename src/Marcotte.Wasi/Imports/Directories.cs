using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Listing directories: <c>fd_readdir</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Directories
{
    /// <summary>fd_readdir: packs entries of a directory into a buffer, one right after the other.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The directory.</param>
    /// <param name="buf">Where the entries go: each a <see cref="Dirent"/> and its name.</param>
    /// <param name="cookie">0 for the start, or <see cref="Dirent.Next"/> of the entry to go on after.</param>
    /// <param name="bufused">
    /// Takes the bytes used. Fewer than the buffer has: that was the end. As many: there may be more, and the last entry may
    /// be cut anywhere.
    /// </param>
    /// <returns>
    /// <see cref="Errno.BadF"/> when not open, <see cref="Errno.NotDir"/>, <see cref="Errno.Fault"/> when a pointer lies
    /// outside of memory, <see cref="Errno.NotCapable"/> without the right.
    /// </returns>
    /// <exception cref="GuestKilledException">The guest was killed meanwhile.</exception>
    [HostImport(WasiModules.Preview1, "fd_readdir")]
    [HostImport(WasiModules.Unstable, "fd_readdir")]
    internal static Errno FdReaddir(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestSpan<byte> buf, ulong cookie, GuestOut<uint> bufused)
    {
        if (!thread.Process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        if (!descriptor.Has(Rights.FdReadDir))
        {
            return WasiRights.Refusal(descriptor, Rights.FdReadDir);
        }

        Iovec whole = new() { Address = buf.Address, Length = buf.Count };
        if (!memory.CanWrite(bufused) || !memory.TrySliceStart(whole, GuestMemoryExtensions.MaxTransfer, out Span<byte> rest))
        {
            return Errno.Fault;
        }

        int length = rest.Length;
        Errno errno = Pack(thread, descriptor.File, cookie, ref rest);
        if (errno == Errno.Success)
        {
            memory.TryWrite(bufused, (uint)(length - rest.Length));
        }

        return errno;
    }

    /// <summary>Fills a buffer with entries and leaves what is not used of it.</summary>
    private static Errno Pack(GuestThread thread, OpenFile directory, ulong cookie, ref Span<byte> rest)
    {
        FileOperations operations = directory.Operations;
        do
        {
            // A buffer may be large enough for millions of entries.
            thread.ThrowIfKilled();
            Errno errno = operations.ReadEntry(directory, cookie, out DirectoryEntry entry);
            if (errno != Errno.Success || entry.IsEnd)
            {
                return errno;
            }

            cookie = entry.Next;
            ReadOnlySpan<byte> name = entry.Name.Span;
            Dirent head = new()
            {
                Next = cookie,
                Inode = entry.Inode,
                NameLength = (uint)name.Length,
                FileType = entry.Type.ToWasi(),
            };
            Append(MemoryMarshal.AsBytes(new ReadOnlySpan<Dirent>(in head)), ref rest);
            Append(name, ref rest);
        }
        while (!rest.IsEmpty);

        return Errno.Success;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Append(scoped ReadOnlySpan<byte> bytes, ref Span<byte> rest)
    {
        int length = Math.Min(bytes.Length, rest.Length);
        bytes[..length].CopyTo(rest);
        rest = rest[length..];
    }
}
