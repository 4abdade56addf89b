using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Interfaces and routes: <c>port_*</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Ports
{
    private const string Absent = "No layer provides a network yet: ENOTSUP.";

    /// <summary>port_bridge: joins a network.</summary>
    /// <returns><see cref="Errno.NotSup"/>.</returns>
    [HostImport(WasixModules.Core, "port_bridge", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno PortBridge(GuestThread thread, GuestMemory memory, GuestText network, GuestText token, uint security)
    {
        _ = thread;
        _ = memory;
        _ = network;
        _ = token;
        _ = security;
        return Errno.NotSup;
    }

    /// <summary>port_unbridge: leaves it.</summary>
    /// <returns><see cref="Errno.NotSup"/>.</returns>
    [HostImport(WasixModules.Core, "port_unbridge", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno PortUnbridge(GuestThread thread)
    {
        _ = thread;
        return Errno.NotSup;
    }

    /// <summary>port_dhcp_acquire: asks for an address.</summary>
    /// <returns><see cref="Errno.NotSup"/>.</returns>
    [HostImport(WasixModules.Core, "port_dhcp_acquire", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno PortDhcpAcquire(GuestThread thread)
    {
        _ = thread;
        return Errno.NotSup;
    }

    /// <summary>port_addr_add: adds an address.</summary>
    /// <returns><see cref="Errno.NotSup"/>.</returns>
    [HostImport(WasixModules.Core, "port_addr_add", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno PortAddrAdd(GuestThread thread, GuestMemory memory, GuestOut<byte> addr)
    {
        _ = thread;
        _ = memory;
        _ = addr;
        return Errno.NotSup;
    }

    /// <summary>port_addr_remove: removes an address.</summary>
    /// <returns><see cref="Errno.NotSup"/>.</returns>
    [HostImport(WasixModules.Core, "port_addr_remove", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno PortAddrRemove(GuestThread thread, GuestMemory memory, GuestOut<byte> addr)
    {
        _ = thread;
        _ = memory;
        _ = addr;
        return Errno.NotSup;
    }

    /// <summary>port_addr_clear: removes all addresses.</summary>
    /// <returns><see cref="Errno.NotSup"/>.</returns>
    [HostImport(WasixModules.Core, "port_addr_clear", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno PortAddrClear(GuestThread thread)
    {
        _ = thread;
        return Errno.NotSup;
    }

    /// <summary>port_mac: the hardware address.</summary>
    /// <returns><see cref="Errno.NotSup"/>.</returns>
    [HostImport(WasixModules.Core, "port_mac", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno PortMac(GuestThread thread, GuestMemory memory, GuestOut<byte> mac)
    {
        _ = thread;
        _ = memory;
        _ = mac;
        return Errno.NotSup;
    }

    /// <summary>port_addr_list: lists addresses.</summary>
    /// <returns><see cref="Errno.NotSup"/>.</returns>
    [HostImport(WasixModules.Core, "port_addr_list", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno PortAddrList(GuestThread thread, GuestMemory memory, GuestOut<byte> addrs, GuestOut<uint> naddrs)
    {
        _ = thread;
        _ = memory;
        _ = addrs;
        _ = naddrs;
        return Errno.NotSup;
    }

    /// <summary>port_gateway_set: sets the default route.</summary>
    /// <returns><see cref="Errno.NotSup"/>.</returns>
    [HostImport(WasixModules.Core, "port_gateway_set", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno PortGatewaySet(GuestThread thread, GuestMemory memory, GuestOut<byte> addr)
    {
        _ = thread;
        _ = memory;
        _ = addr;
        return Errno.NotSup;
    }

    /// <summary>port_route_add: adds a route.</summary>
    /// <returns><see cref="Errno.NotSup"/>.</returns>
    [HostImport(WasixModules.Core, "port_route_add", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno PortRouteAdd(GuestThread thread, GuestMemory memory, GuestOut<byte> cidr, GuestOut<byte> viaRouter, GuestPtr<OptionTimestamp> preferredUntil, GuestPtr<OptionTimestamp> expiresAt)
    {
        _ = thread;
        _ = memory;
        _ = cidr;
        _ = viaRouter;
        _ = preferredUntil;
        _ = expiresAt;
        return Errno.NotSup;
    }

    /// <summary>port_route_remove: removes a route.</summary>
    /// <returns><see cref="Errno.NotSup"/>.</returns>
    [HostImport(WasixModules.Core, "port_route_remove", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno PortRouteRemove(GuestThread thread, GuestMemory memory, GuestOut<byte> cidr)
    {
        _ = thread;
        _ = memory;
        _ = cidr;
        return Errno.NotSup;
    }

    /// <summary>port_route_clear: removes all routes.</summary>
    /// <returns><see cref="Errno.NotSup"/>.</returns>
    [HostImport(WasixModules.Core, "port_route_clear", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno PortRouteClear(GuestThread thread)
    {
        _ = thread;
        return Errno.NotSup;
    }

    /// <summary>port_route_list: lists routes.</summary>
    /// <returns><see cref="Errno.NotSup"/>.</returns>
    [HostImport(WasixModules.Core, "port_route_list", Support = SupportLevel.Refused, Note = Absent)]
    internal static Errno PortRouteList(GuestThread thread, GuestMemory memory, GuestOut<byte> routes, GuestOut<uint> nroutes)
    {
        _ = thread;
        _ = memory;
        _ = routes;
        _ = nroutes;
        return Errno.NotSup;
    }
}
