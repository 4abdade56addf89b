using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Open files: offset, size, times, room, medium: <c>fd_seek</c>, <c>fd_filestat_*</c>, <c>fd_sync</c> and their like.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class OpenFiles
{
    /// <summary>fd_seek: moves the offset.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="offset">How far.</param>
    /// <param name="whence">From where.</param>
    /// <param name="newOffset">Takes the offset, from the start.</param>
    /// <returns>
    /// <see cref="Errno.BadF"/> when not open, <see cref="Errno.Inval"/> for an unknown origin or a negative position,
    /// <see cref="Errno.SPipe"/> for a stream, <see cref="Errno.IsDir"/> for a directory, <see cref="Errno.NotCapable"/>
    /// without FD_SEEK (FD_TELL is enough when the offset does not move).
    /// </returns>
    [HostImport(WasiModules.Preview1, "fd_seek")]
    internal static Errno FdSeek(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, long offset, WasiWhence whence, GuestOut<ulong> newOffset) =>
        Seek(thread, memory, fd, offset, (uint)whence, newOffset);

    /// <summary>fd_seek of snapshot 0, whose origins have other numbers.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="offset">How far.</param>
    /// <param name="whence">From where.</param>
    /// <param name="newOffset">Takes the offset, from the start.</param>
    /// <returns>As <see cref="FdSeek"/>.</returns>
    [HostImport(WasiModules.Unstable, "fd_seek")]
    internal static Errno FdSeekUnstable(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, long offset, UnstableWhence whence, GuestOut<ulong> newOffset) =>
        Seek(thread, memory, fd, offset, (uint)whence > 2 ? uint.MaxValue : ((uint)whence + 1) % 3, newOffset);

    /// <summary>fd_tell: the offset.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="offset">Takes it.</param>
    /// <returns>As <see cref="FdSeek"/>.</returns>
    [HostImport(WasiModules.Preview1, "fd_tell")]
    [HostImport(WasiModules.Unstable, "fd_tell")]
    internal static Errno FdTell(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<ulong> offset) =>
        Seek(thread, memory, fd, 0, (uint)WasiWhence.Cur, offset);

    /// <summary>fd_filestat_get: what is known of the file.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="stat">Takes the answer.</param>
    /// <returns>
    /// <see cref="Errno.BadF"/> when not open, <see cref="Errno.NotCapable"/> without the right, <see cref="Errno.Fault"/>
    /// when the pointer lies outside of memory.
    /// </returns>
    [HostImport(WasiModules.Preview1, "fd_filestat_get")]
    internal static Errno FdFilestatGet(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<WasiFileStat> stat)
    {
        Errno errno = Stat(thread, fd, out FileStat known);
        if (errno != Errno.Success)
        {
            return errno;
        }

        return memory.TryWrite(stat, new WasiFileStat(known)) ? Errno.Success : Errno.Fault;
    }

    /// <summary>fd_filestat_get of snapshot 0, whose answer is laid out otherwise.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="stat">Takes the answer.</param>
    /// <returns>As <see cref="FdFilestatGet"/>.</returns>
    [HostImport(WasiModules.Unstable, "fd_filestat_get")]
    internal static Errno FdFilestatGetUnstable(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<UnstableFileStat> stat)
    {
        Errno errno = Stat(thread, fd, out FileStat known);
        if (errno != Errno.Success)
        {
            return errno;
        }

        return memory.TryWrite(stat, new UnstableFileStat(known)) ? Errno.Success : Errno.Fault;
    }

    /// <summary>fd_filestat_set_size: cuts or extends a file; what is added reads as zero.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="size">The length in bytes.</param>
    /// <returns>
    /// <see cref="Errno.BadF"/> when not open; <see cref="Errno.Inval"/> when not open for writing, for a directory, and for
    /// a length of 2^63 and more; <see cref="Errno.NotCapable"/> without the right.
    /// </returns>
    [HostImport(WasiModules.Preview1, "fd_filestat_set_size")]
    [HostImport(WasiModules.Unstable, "fd_filestat_set_size")]
    internal static Errno FdFilestatSetSize(GuestThread thread, [GuestDescriptor] int fd, ulong size)
    {
        Errno errno = Get(thread, fd, Rights.FdFileStatSetSize, out OpenFile file);
        errno = errno != Errno.Success ? errno : file.SetSize((long)size, thread.Process.FileSizeLimit);
        return errno == Errno.FBig ? WasiFiles.TooLarge(thread) : errno;
    }

    /// <summary>fd_filestat_set_times: sets the times of access and modification.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="atim">The time of access, in nanoseconds since 1970.</param>
    /// <param name="mtim">The time of modification, in nanoseconds since 1970.</param>
    /// <param name="fstFlags">Which of them are set, and whether to the present time instead.</param>
    /// <returns>
    /// <see cref="Errno.BadF"/> when not open; <see cref="Errno.Inval"/> for unknown or contradicting flags and for a time
    /// of 2^63 and more; <see cref="Errno.NotCapable"/> without the right.
    /// </returns>
    [HostImport(WasiModules.Preview1, "fd_filestat_set_times")]
    [HostImport(WasiModules.Unstable, "fd_filestat_set_times")]
    internal static Errno FdFilestatSetTimes(GuestThread thread, [GuestDescriptor] int fd, ulong atim, ulong mtim, FstFlags fstFlags)
    {
        Errno errno = Get(thread, fd, Rights.FdFileStatSetTimes, out OpenFile file);
        if (errno == Errno.Success)
        {
            errno = fstFlags.ToUpdate(atim, mtim, out TimeUpdate times);
            return errno != Errno.Success ? errno : thread.Kernel.Files.SetTimes(thread.Process, file, times);
        }

        return errno;
    }

    /// <summary>fd_advise: says how the file will be used. Nothing follows from it.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="offset">Where the part begins that is spoken of.</param>
    /// <param name="len">Its length; 0 for up to the end.</param>
    /// <param name="advice">How.</param>
    /// <returns>
    /// <see cref="Errno.BadF"/> when not open and for a directory, <see cref="Errno.SPipe"/> for a stream,
    /// <see cref="Errno.Inval"/> for unknown advice and for numbers of 2^63 and more, <see cref="Errno.NotCapable"/>
    /// without the right.
    /// </returns>
    [HostImport(WasiModules.Preview1, "fd_advise")]
    [HostImport(WasiModules.Unstable, "fd_advise")]
    internal static Errno FdAdvise(GuestThread thread, [GuestDescriptor] int fd, ulong offset, ulong len, Advice advice)
    {
        Errno errno = Get(thread, fd, Rights.FdAdvise, out OpenFile file);
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (!file.Operations.IsSeekable)
        {
            return file.Operations.Type == FileType.Directory ? Errno.BadF : Errno.SPipe;
        }

        return advice > Advice.NoReuse || offset > long.MaxValue || len > long.MaxValue ? Errno.Inval : Errno.Success;
    }

    /// <summary>fd_allocate: makes room, so that writing there cannot fail for lack of it; never cuts.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="len">How much; the file is extended to hold it.</param>
    /// <returns>
    /// <see cref="Errno.BadF"/> when not open, or not for writing; <see cref="Errno.Inval"/> for no length and for numbers of
    /// 2^63 and more; <see cref="Errno.FBig"/> when their sum is; <see cref="Errno.NoSpc"/>; <see cref="Errno.NotCapable"/>
    /// without the right.
    /// </returns>
    [HostImport(WasiModules.Preview1, "fd_allocate")]
    [HostImport(WasiModules.Unstable, "fd_allocate")]
    internal static Errno FdAllocate(GuestThread thread, [GuestDescriptor] int fd, ulong offset, ulong len)
    {
        Errno errno = Get(thread, fd, Rights.FdAllocate, out OpenFile file);
        errno = errno != Errno.Success ? errno : file.Allocate((long)offset, (long)len, limit: thread.Process.FileSizeLimit);
        return errno == Errno.FBig ? WasiFiles.TooLarge(thread) : errno;
    }

    /// <summary>fd_datasync: brings the data to the medium.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="fd">The descriptor.</param>
    /// <returns>
    /// <see cref="Errno.BadF"/> when not open, <see cref="Errno.Inval"/> for what has no medium,
    /// <see cref="Errno.NotCapable"/> with neither FD_DATASYNC nor FD_SYNC, which is the more.
    /// </returns>
    [HostImport(WasiModules.Preview1, "fd_datasync")]
    [HostImport(WasiModules.Unstable, "fd_datasync")]
    internal static Errno FdDatasync(GuestThread thread, [GuestDescriptor] int fd) => Sync(thread, fd, Rights.FdDataSync, dataOnly: true);

    /// <summary>fd_sync: brings data and metadata to the medium.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="fd">The descriptor.</param>
    /// <returns>As <see cref="FdDatasync"/>, but FD_SYNC is needed.</returns>
    [HostImport(WasiModules.Preview1, "fd_sync")]
    [HostImport(WasiModules.Unstable, "fd_sync")]
    internal static Errno FdSync(GuestThread thread, [GuestDescriptor] int fd) => Sync(thread, fd, Rights.FdSync, dataOnly: false);

    private static Errno Seek(GuestThread thread, GuestMemory memory, int fd, long offset, uint whence, GuestOut<ulong> newOffset)
    {
        if (!thread.Process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        if (whence > (uint)WasiWhence.End)
        {
            return Errno.Inval;
        }

        // FD_SEEK implies FD_TELL.
        bool stays = offset == 0 && whence == (uint)WasiWhence.Cur;
        if (!descriptor.Has(Rights.FdSeek) && !(stays && descriptor.Has(Rights.FdTell)))
        {
            return WasiRights.Refusal(descriptor, Rights.FdSeek);
        }

        if (!memory.CanWrite(newOffset))
        {
            return Errno.Fault;
        }

        Errno errno = descriptor.File.Seek(offset, (Whence)whence, out long position);
        if (errno == Errno.Success)
        {
            memory.TryWrite(newOffset, (ulong)position);
        }

        return errno;
    }

    private static Errno Sync(GuestThread thread, int fd, Rights right, bool dataOnly)
    {
        if (!thread.Process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        return descriptor.Has(right) || descriptor.Has(Rights.FdSync)
            ? descriptor.File.Operations.Sync(descriptor.File, dataOnly)
            : WasiRights.Refusal(descriptor, right);
    }

    private static Errno Stat(GuestThread thread, int fd, out FileStat stat)
    {
        Errno errno = Get(thread, fd, Rights.FdFileStatGet, out OpenFile file);
        if (errno != Errno.Success)
        {
            stat = default;
            return errno;
        }

        return file.Operations.Stat(file, out stat);
    }

    private static Errno Get(GuestThread thread, int fd, Rights needed, out OpenFile file)
    {
        if (!thread.Process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            file = null!;
            return Errno.BadF;
        }

        file = descriptor.File;
        return descriptor.Has(needed) ? Errno.Success : WasiRights.Refusal(descriptor, needed);
    }
}
