using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Sockets: <c>sock_*</c>. No layer gives a box sockets yet, so no descriptor is one.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Sockets
{
    private const string Absent = "No layer provides sockets yet: ENOTSOCK on every open descriptor.";

    private const RiFlags AllRiFlags = RiFlags.RecvPeek | RiFlags.RecvWaitAll;

    /// <summary>sock_accept: takes a connection that waits. Not in snapshot 0.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The listening socket.</param>
    /// <param name="flags">Status flags of the new descriptor; NONBLOCK only.</param>
    /// <param name="connection">Takes the new descriptor.</param>
    /// <returns>
    /// <see cref="Errno.Inval"/> for other flags, <see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when
    /// no socket.
    /// </returns>
    [HostImport(WasiModules.Preview1, "sock_accept", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno SockAccept(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, FdFlags flags, GuestOut<uint> connection)
    {
        _ = memory;
        _ = connection;
        return (flags & ~FdFlags.NonBlock) != 0 ? Errno.Inval : Refuse(thread, fd);
    }

    /// <summary>sock_recv: receives.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The socket.</param>
    /// <param name="riData">Where the bytes go.</param>
    /// <param name="riFlags">How.</param>
    /// <param name="nread">Takes the bytes received.</param>
    /// <param name="roFlags">Takes what is to be said of them.</param>
    /// <returns>
    /// <see cref="Errno.Inval"/> for unknown flags, <see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/>
    /// when no socket.
    /// </returns>
    [HostImport(WasiModules.Preview1, "sock_recv", Support = SupportLevel.Refused, Note = Absent)]
    [HostImport(WasiModules.Unstable, "sock_recv", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno SockRecv(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestSpan<Iovec> riData, RiFlags riFlags, GuestOut<uint> nread, GuestOut<ushort> roFlags)
    {
        _ = memory;
        _ = riData;
        _ = nread;
        _ = roFlags;
        return (riFlags & ~AllRiFlags) != 0 ? Errno.Inval : Refuse(thread, fd);
    }

    /// <summary>sock_send: sends.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The socket.</param>
    /// <param name="siData">The bytes.</param>
    /// <param name="siFlags">Nothing is defined.</param>
    /// <param name="nwritten">Takes the bytes sent.</param>
    /// <returns>
    /// <see cref="Errno.Inval"/> for any flag, <see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no
    /// socket.
    /// </returns>
    [HostImport(WasiModules.Preview1, "sock_send", Support = SupportLevel.Refused, Note = Absent)]
    [HostImport(WasiModules.Unstable, "sock_send", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno SockSend(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestSpan<Iovec> siData, SiFlags siFlags, GuestOut<uint> nwritten)
    {
        _ = memory;
        _ = siData;
        _ = nwritten;
        return siFlags != SiFlags.None ? Errno.Inval : Refuse(thread, fd);
    }

    /// <summary>sock_shutdown: ends one half of a connection, or both.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="fd">The socket.</param>
    /// <param name="how">Which.</param>
    /// <returns>
    /// <see cref="Errno.Inval"/> for none or unknown ones, <see cref="Errno.BadF"/> when not open,
    /// <see cref="Errno.NotSock"/> when no socket.
    /// </returns>
    [HostImport(WasiModules.Preview1, "sock_shutdown", Support = SupportLevel.Refused, Note = Absent)]
    [HostImport(WasiModules.Unstable, "sock_shutdown", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno SockShutdown(GuestThread thread, [GuestDescriptor] int fd, SdFlags how) =>
        how is SdFlags.None or > (SdFlags.Rd | SdFlags.Wr) ? Errno.Inval : Refuse(thread, fd);

    private static Errno Refuse(GuestThread thread, int fd)
    {
        if (!thread.Process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        return descriptor.File.Operations.Type is FileType.StreamSocket or FileType.DatagramSocket ? Errno.NotSup : Errno.NotSock;
    }
}
