using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Sockets: <c>sock_*</c> and <c>resolve</c>. No layer gives a box sockets yet, so no descriptor is one.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Sockets
{
    internal const string Absent = "No layer provides sockets yet: ENOTSOCK on every open descriptor.";

    private const string NoFamily = "No layer provides sockets yet: EAFNOSUPPORT.";

    /// <summary>sock_status: how a socket is.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_status", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno SockStatus(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<byte> status)
    {
        _ = memory;
        _ = status;
        return Refuse(thread, fd);
    }

    /// <summary>sock_addr_local: a socket's own address.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_addr_local", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno SockAddrLocal(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<byte> addr)
    {
        _ = memory;
        _ = addr;
        return Refuse(thread, fd);
    }

    /// <summary>sock_addr_peer: the address of a socket's other end.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_addr_peer", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno SockAddrPeer(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<byte> addr)
    {
        _ = memory;
        _ = addr;
        return Refuse(thread, fd);
    }

    /// <summary>sock_open: makes a socket (socket).</summary>
    /// <returns><see cref="Errno.AfNoSupport"/>.</returns>
    [HostImport(WasixModules.Core, "sock_open", Support = SupportLevel.Refused, Note = NoFamily)]
    internal static Errno SockOpen(GuestThread thread, GuestMemory memory, uint af, uint socktype, uint sockProto, GuestOut<int> newFd)
    {
        _ = thread;
        _ = memory;
        _ = af;
        _ = socktype;
        _ = sockProto;
        _ = newFd;
        return Errno.AfNoSupport;
    }

    /// <summary>sock_pair: makes two sockets that are connected (socketpair).</summary>
    /// <returns><see cref="Errno.AfNoSupport"/>.</returns>
    [HostImport(WasixModules.Core, "sock_pair", Support = SupportLevel.Refused, Note = NoFamily)]
    internal static Errno SockPair(GuestThread thread, GuestMemory memory, uint af, uint socktype, uint sockProto, GuestOut<int> firstFd, GuestOut<int> secondFd)
    {
        _ = thread;
        _ = memory;
        _ = af;
        _ = socktype;
        _ = sockProto;
        _ = firstFd;
        _ = secondFd;
        return Errno.AfNoSupport;
    }

    /// <summary>sock_bind: gives a socket an address.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_bind", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno SockBind(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<byte> addr)
    {
        _ = memory;
        _ = addr;
        return Refuse(thread, fd);
    }

    /// <summary>sock_listen: lets a socket take connections.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_listen", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno SockListen(GuestThread thread, [GuestDescriptor] int fd, uint backlog)
    {
        _ = backlog;
        return Refuse(thread, fd);
    }

    /// <summary>sock_accept_v2: takes a connection that waits.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_accept_v2", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno SockAcceptV2(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, FdFlags flags, GuestOut<int> newFd, GuestOut<byte> addr)
    {
        _ = memory;
        _ = flags;
        _ = newFd;
        _ = addr;
        return Refuse(thread, fd);
    }

    /// <summary>sock_connect: connects a socket.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_connect", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno SockConnect(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<byte> addr)
    {
        _ = memory;
        _ = addr;
        return Refuse(thread, fd);
    }

    /// <summary>sock_recv_from: receives, and tells from whom.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_recv_from", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno SockRecvFrom(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<byte> riData, uint riDataLen, uint riFlags, GuestOut<uint> nread, GuestOut<ushort> roFlags, GuestOut<byte> addr)
    {
        _ = memory;
        _ = riData;
        _ = riDataLen;
        _ = riFlags;
        _ = nread;
        _ = roFlags;
        _ = addr;
        return Refuse(thread, fd);
    }

    /// <summary>sock_send_to: sends to an address.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_send_to", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno SockSendTo(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<byte> siData, uint siDataLen, uint siFlags, GuestOut<byte> addr, GuestOut<uint> nwritten)
    {
        _ = memory;
        _ = siData;
        _ = siDataLen;
        _ = siFlags;
        _ = addr;
        _ = nwritten;
        return Refuse(thread, fd);
    }

    /// <summary>resolve: looks a name up.</summary>
    /// <returns><see cref="Errno.NotSup"/>.</returns>
    [HostImport(WasixModules.Core, "resolve", Support = SupportLevel.Refused, Note = "No layer resolves names yet: ENOTSUP.")]
    internal static Errno Resolve(GuestThread thread, GuestMemory memory, GuestText host, uint port, GuestOut<byte> addrs, uint naddrs, GuestOut<uint> size)
    {
        _ = thread;
        _ = memory;
        _ = host;
        _ = port;
        _ = addrs;
        _ = naddrs;
        _ = size;
        return Errno.NotSup;
    }

    /// <summary>sock_send_file: copies from a file to any other (sendfile).</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="outFd">Where to.</param>
    /// <param name="inFd">Where from.</param>
    /// <param name="offset">Where in it; its own offset stays.</param>
    /// <param name="count">How many bytes at most.</param>
    /// <param name="sent">Takes how many.</param>
    /// <returns>As sendfile.</returns>
    [HostImport(WasixModules.Core, "sock_send_file")]
    internal static Errno SockSendFile(GuestThread thread, GuestMemory memory, [GuestDescriptor] int outFd, [GuestDescriptor] int inFd, ulong offset, ulong count, GuestOut<ulong> sent)
    {
        if (!memory.CanWrite(sent))
        {
            return Errno.Fault;
        }

        if (offset > long.MaxValue)
        {
            return Errno.Inval;
        }

        FileCopy copy = new(thread, CopyKind.SendFile) { Offset = (long)offset, Length = (long)Math.Min(count, long.MaxValue) };
        Errno errno = copy.Run(inFd, outFd);
        if (errno == Errno.Success)
        {
            memory.TryWrite(sent, (ulong)copy.Moved);
        }

        return errno;
    }

    /// <summary>What a call answers that is for sockets.</summary>
    internal static Errno Refuse(GuestThread thread, int fd)
    {
        if (!thread.Process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        return descriptor.File.Operations.Type is FileType.StreamSocket or FileType.DatagramSocket ? Errno.NotSup : Errno.NotSock;
    }
}
