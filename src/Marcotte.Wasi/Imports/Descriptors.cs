using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Descriptors and what they may do: <c>fd_close</c>, <c>fd_renumber</c>, <c>fd_fdstat_*</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Descriptors
{
    private const StatusFlags Syncing = StatusFlags.DataSync | StatusFlags.Sync;

    /// <summary>fd_close: closes a descriptor, a preopened one too.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="fd">The descriptor.</param>
    /// <returns><see cref="Errno.BadF"/> when not open.</returns>
    [HostImport(WasiModules.Preview1, "fd_close")]
    [HostImport(WasiModules.Unstable, "fd_close")]
    internal static Errno FdClose(GuestThread thread, [GuestDescriptor] int fd) => thread.Process.Descriptors.Close(fd);

    /// <summary>fd_renumber: moves a descriptor onto another number; what was there is closed.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="fd">The descriptor; its number is free afterwards.</param>
    /// <param name="to">Its new number.</param>
    /// <returns><see cref="Errno.BadF"/> when either is not open; onto itself nothing changes.</returns>
    [HostImport(WasiModules.Preview1, "fd_renumber")]
    [HostImport(WasiModules.Unstable, "fd_renumber")]
    internal static Errno FdRenumber(GuestThread thread, [GuestDescriptor] int fd, [GuestDescriptor] int to) => thread.Process.Descriptors.Renumber(fd, to);

    /// <summary>fd_fdstat_get: what a descriptor is and may do.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="stat">Takes the answer.</param>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.Fault"/> when the pointer lies outside of memory.</returns>
    /// <remarks>Rights that mean nothing for the kind of file, or for the way it was opened, are not reported.</remarks>
    [HostImport(WasiModules.Preview1, "fd_fdstat_get")]
    [HostImport(WasiModules.Unstable, "fd_fdstat_get")]
    internal static Errno FdFdstatGet(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<FdStat> stat)
    {
        if (!thread.Process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        OpenFile file = descriptor.File;
        FdStat answer = new()
        {
            FileType = file.Operations.Type.ToWasi(),
            Flags = (ushort)file.Status.ToFdFlags(),
            RightsBase = descriptor.Base & WasiRights.Possible(file),
            RightsInheriting = descriptor.Inheriting & WasiRights.PossiblyInheriting(file),
        };
        return memory.TryWrite(stat, answer) ? Errno.Success : Errno.Fault;
    }

    /// <summary>fd_fdstat_set_flags: replaces the status flags, which all descriptors of the open file share.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="flags">All flags as they shall be.</param>
    /// <returns>
    /// <see cref="Errno.Inval"/> for unknown flags, or to begin syncing; <see cref="Errno.BadF"/> when not open;
    /// <see cref="Errno.NotCapable"/> without the right.
    /// </returns>
    /// <remarks>As with F_SETFL on Linux only APPEND and NONBLOCK change: a file that syncs goes on doing so.</remarks>
    [HostImport(WasiModules.Preview1, "fd_fdstat_set_flags")]
    [HostImport(WasiModules.Unstable, "fd_fdstat_set_flags")]
    internal static Errno FdFdstatSetFlags(GuestThread thread, [GuestDescriptor] int fd, FdFlags flags)
    {
        if (!thread.Process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        if ((flags & ~FdFlagsMapping.All) != 0)
        {
            return Errno.Inval;
        }

        if (!descriptor.Has(Rights.FdFdStatSetFlags))
        {
            return WasiRights.Refusal(descriptor, Rights.FdFdStatSetFlags);
        }

        StatusFlags wanted = flags.ToStatus();
        StatusFlags syncing = descriptor.File.Status & Syncing;
        return (wanted & Syncing & ~syncing) != 0 ? Errno.Inval : descriptor.File.SetStatus(wanted | syncing);
    }

    /// <summary>fd_fdstat_set_rights: gives up rights of a descriptor.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="fsRightsBase">What it may do from now on.</param>
    /// <param name="fsRightsInheriting">What descriptors opened through it may do at most from now on.</param>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotCapable"/> to gain a right that fd_fdstat_get does not report.</returns>
    [HostImport(WasiModules.Preview1, "fd_fdstat_set_rights")]
    [HostImport(WasiModules.Unstable, "fd_fdstat_set_rights")]
    internal static Errno FdFdstatSetRights(GuestThread thread, [GuestDescriptor] int fd, Rights fsRightsBase, Rights fsRightsInheriting)
    {
        DescriptorTable descriptors = thread.Process.Descriptors;
        while (descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            OpenFile file = descriptor.File;
            if ((fsRightsBase & ~(descriptor.Base & WasiRights.Possible(file))) != 0
                || (fsRightsInheriting & ~(descriptor.Inheriting & WasiRights.PossiblyInheriting(file))) != 0)
            {
                return Errno.NotCapable;
            }

            // It fails only when another thread changed the number meanwhile: then what is there now is looked at.
            if (descriptors.Replace(fd, descriptor, descriptor with { Base = fsRightsBase, Inheriting = fsRightsInheriting }) == Errno.Success)
            {
                return Errno.Success;
            }
        }

        return Errno.BadF;
    }
}
