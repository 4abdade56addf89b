using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Reading and writing: <c>fd_read</c>, <c>fd_write</c>, <c>fd_pread</c>, <c>fd_pwrite</c>.</summary>
/// <remarks>
/// All four answer <see cref="Errno.Fault"/> when a pointer lies outside of memory and <see cref="Errno.Inval"/> when there
/// are more buffers than <see cref="Limits.Vectors"/> or more than 2^32 bytes of them, in both cases with nothing moved; and
/// wait when the file cannot go on yet, unless it does not block (<see cref="Errno.Again"/>). Fewer bytes than asked for may
/// be read. Fewer are written only when the file does not block, or when going on with the rest fails.
/// </remarks>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class ReadWrite
{
    /// <summary>fd_read: reads at the offset and moves it on.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="iovs">Where the bytes go.</param>
    /// <param name="nread">Takes the number of bytes read; 0 at the end.</param>
    /// <returns>
    /// <see cref="Errno.BadF"/> when not open, or not for reading; <see cref="Errno.IsDir"/>;
    /// <see cref="Errno.NotCapable"/> without the right.
    /// </returns>
    [HostImport(WasiModules.Preview1, "fd_read")]
    [HostImport(WasiModules.Unstable, "fd_read")]
    internal static Errno FdRead(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestSpan<Iovec> iovs, GuestOut<uint> nread)
    {
        if (!thread.Process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        return descriptor.Has(Rights.FdRead)
            ? Transfer<Reading>.Run(thread, memory, descriptor.File, iovs, 0, nread)
            : WasiRights.Refusal(descriptor, Rights.FdRead);
    }

    /// <summary>fd_write: writes at the offset, or at the end when appending, and moves the offset behind.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="iovs">The bytes.</param>
    /// <param name="nwritten">Takes the number of bytes written.</param>
    /// <returns>
    /// <see cref="Errno.BadF"/> when not open, or not for writing; <see cref="Errno.Pipe"/>; <see cref="Errno.NoSpc"/>;
    /// <see cref="Errno.FBig"/>; <see cref="Errno.NotCapable"/> without the right.
    /// </returns>
    [HostImport(WasiModules.Preview1, "fd_write")]
    [HostImport(WasiModules.Unstable, "fd_write")]
    internal static Errno FdWrite(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestSpan<Iovec> iovs, GuestOut<uint> nwritten)
    {
        if (!thread.Process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        return descriptor.Has(Rights.FdWrite)
            ? Transfer<Writing>.Run(thread, memory, descriptor.File, iovs, 0, nwritten)
            : WasiRights.Refusal(descriptor, Rights.FdWrite);
    }

    /// <summary>fd_pread: reads at a position and leaves the offset alone.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="iovs">Where the bytes go.</param>
    /// <param name="offset">The position.</param>
    /// <param name="nread">Takes the number of bytes read; 0 at or beyond the end.</param>
    /// <returns>
    /// As <see cref="FdRead"/>; <see cref="Errno.SPipe"/> for a stream, <see cref="Errno.Inval"/> for a position of 2^63 and
    /// more. FD_SEEK is needed as well.
    /// </returns>
    [HostImport(WasiModules.Preview1, "fd_pread")]
    [HostImport(WasiModules.Unstable, "fd_pread")]
    internal static Errno FdPread(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestSpan<Iovec> iovs, ulong offset, GuestOut<uint> nread)
    {
        if (!thread.Process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        return descriptor.Has(Rights.FdRead | Rights.FdSeek)
            ? Transfer<ReadingAt>.Run(thread, memory, descriptor.File, iovs, (long)offset, nread)
            : WasiRights.Refusal(descriptor, Rights.FdRead | Rights.FdSeek);
    }

    /// <summary>fd_pwrite: writes at a position, even when appending, and leaves the offset alone.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="iovs">The bytes.</param>
    /// <param name="offset">The position.</param>
    /// <param name="nwritten">Takes the number of bytes written.</param>
    /// <returns>
    /// As <see cref="FdWrite"/>; <see cref="Errno.SPipe"/> for a stream, <see cref="Errno.Inval"/> for a position of 2^63
    /// and more, <see cref="Errno.FBig"/> when the end would be. FD_SEEK is needed as well.
    /// </returns>
    [HostImport(WasiModules.Preview1, "fd_pwrite")]
    [HostImport(WasiModules.Unstable, "fd_pwrite")]
    internal static Errno FdPwrite(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestSpan<Iovec> iovs, ulong offset, GuestOut<uint> nwritten)
    {
        if (!thread.Process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        return descriptor.Has(Rights.FdWrite | Rights.FdSeek)
            ? Transfer<WritingAt>.Run(thread, memory, descriptor.File, iovs, (long)offset, nwritten)
            : WasiRights.Refusal(descriptor, Rights.FdWrite | Rights.FdSeek);
    }
}
