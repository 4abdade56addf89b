using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Options of sockets: <c>sock_set_opt_*</c>, <c>sock_get_opt_*</c>, <c>sock_*_multicast_*</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class SocketOptions
{
    /// <summary>sock_set_opt_flag: switches an option.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_set_opt_flag", Support = SupportLevel.Refused, Note = Sockets.Absent)]
    internal static Errno SockSetOptFlag(GuestThread thread, [GuestDescriptor] int fd, uint sockopt, uint flag)
    {
        _ = sockopt;
        _ = flag;
        return Sockets.Refuse(thread, fd);
    }

    /// <summary>sock_get_opt_flag: whether an option is on.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_get_opt_flag", Support = SupportLevel.Refused, Note = Sockets.Absent)]
    internal static Errno SockGetOptFlag(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, uint sockopt, GuestOut<byte> flag)
    {
        _ = memory;
        _ = sockopt;
        _ = flag;
        return Sockets.Refuse(thread, fd);
    }

    /// <summary>sock_set_opt_time: sets a time.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_set_opt_time", Support = SupportLevel.Refused, Note = Sockets.Absent)]
    internal static Errno SockSetOptTime(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, uint sockopt, GuestPtr<OptionTimestamp> timeout)
    {
        _ = memory;
        _ = sockopt;
        _ = timeout;
        return Sockets.Refuse(thread, fd);
    }

    /// <summary>sock_get_opt_time: a time.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_get_opt_time", Support = SupportLevel.Refused, Note = Sockets.Absent)]
    internal static Errno SockGetOptTime(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, uint sockopt, GuestOut<OptionTimestamp> timeout)
    {
        _ = memory;
        _ = sockopt;
        _ = timeout;
        return Sockets.Refuse(thread, fd);
    }

    /// <summary>sock_set_opt_size: sets a size.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_set_opt_size", Support = SupportLevel.Refused, Note = Sockets.Absent)]
    internal static Errno SockSetOptSize(GuestThread thread, [GuestDescriptor] int fd, uint sockopt, ulong size)
    {
        _ = sockopt;
        _ = size;
        return Sockets.Refuse(thread, fd);
    }

    /// <summary>sock_get_opt_size: a size.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_get_opt_size", Support = SupportLevel.Refused, Note = Sockets.Absent)]
    internal static Errno SockGetOptSize(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, uint sockopt, GuestOut<ulong> size)
    {
        _ = memory;
        _ = sockopt;
        _ = size;
        return Sockets.Refuse(thread, fd);
    }

    /// <summary>sock_join_multicast_v4: joins a group.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_join_multicast_v4", Support = SupportLevel.Refused, Note = Sockets.Absent)]
    internal static Errno SockJoinMulticastV4(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<byte> multiaddr, GuestOut<byte> @interface)
    {
        _ = memory;
        _ = multiaddr;
        _ = @interface;
        return Sockets.Refuse(thread, fd);
    }

    /// <summary>sock_leave_multicast_v4: leaves a group.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_leave_multicast_v4", Support = SupportLevel.Refused, Note = Sockets.Absent)]
    internal static Errno SockLeaveMulticastV4(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<byte> multiaddr, GuestOut<byte> @interface)
    {
        _ = memory;
        _ = multiaddr;
        _ = @interface;
        return Sockets.Refuse(thread, fd);
    }

    /// <summary>sock_join_multicast_v6: joins a group.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_join_multicast_v6", Support = SupportLevel.Refused, Note = Sockets.Absent)]
    internal static Errno SockJoinMulticastV6(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<byte> multiaddr, uint @interface)
    {
        _ = memory;
        _ = multiaddr;
        _ = @interface;
        return Sockets.Refuse(thread, fd);
    }

    /// <summary>sock_leave_multicast_v6: leaves a group.</summary>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotSock"/> when no socket.</returns>
    [HostImport(WasixModules.Core, "sock_leave_multicast_v6", Support = SupportLevel.Refused, Note = Sockets.Absent)]
    internal static Errno SockLeaveMulticastV6(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<byte> multiaddr, uint @interface)
    {
        _ = memory;
        _ = multiaddr;
        _ = @interface;
        return Sockets.Refuse(thread, fd);
    }
}
