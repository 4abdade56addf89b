using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Descriptors, and files that are in no tree: <c>fd_dup</c>, <c>fd_fdflags_*</c>, <c>fd_pipe</c>, <c>fd_event</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Descriptors
{
    private const uint CloseOnExec = 1;
    private const uint Semaphore = 1;

    /// <summary>fd_dup: a further descriptor of an open file, the lowest there is; exec does not close it (dup).</summary>
    /// <returns><see cref="Errno.BadF"/>, <see cref="Errno.MFile"/>.</returns>
    [HostImport(WasixModules.Core, "fd_dup")]
    internal static Errno FdDup(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<int> newFd) =>
        Duplicate(thread, memory, fd, 0, false, newFd);

    /// <summary>fd_dup2: a further descriptor of an open file, the lowest from a number on (F_DUPFD, not dup2).</summary>
    /// <returns><see cref="Errno.BadF"/>, <see cref="Errno.MFile"/>, <see cref="Errno.Inval"/> for a number that no descriptor has.</returns>
    [HostImport(WasixModules.Core, "fd_dup2")]
    internal static Errno FdDup2(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, int minResultFd, uint cloexec, GuestOut<int> newFd) =>
        Duplicate(thread, memory, fd, minResultFd, cloexec != 0, newFd);

    /// <summary>fd_fdflags_get: whether exec closes a descriptor (F_GETFD).</summary>
    /// <returns><see cref="Errno.BadF"/>.</returns>
    [HostImport(WasixModules.Core, "fd_fdflags_get")]
    internal static Errno FdFdflagsGet(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<ushort> flags)
    {
        if (!thread.Process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        return memory.TryWrite(flags, (ushort)(descriptor.CloseOnExec ? CloseOnExec : 0)) ? Errno.Success : Errno.Fault;
    }

    /// <summary>fd_fdflags_set: says whether exec closes a descriptor (F_SETFD).</summary>
    /// <returns><see cref="Errno.BadF"/>, <see cref="Errno.Inval"/> for unknown flags.</returns>
    [HostImport(WasixModules.Core, "fd_fdflags_set")]
    internal static Errno FdFdflagsSet(GuestThread thread, [GuestDescriptor] int fd, uint flags) =>
        flags > CloseOnExec ? Errno.Inval : NewDescriptors.SetCloseOnExec(thread.Process, fd, flags != 0);

    /// <summary>fd_event: a counter that wakes (eventfd).</summary>
    /// <returns><see cref="Errno.Inval"/> for unknown flags and for 2^64 - 1, <see cref="Errno.MFile"/>.</returns>
    [HostImport(WasixModules.Core, "fd_event", Needs = typeof(AnonymousFiles))]
    internal static Errno FdEvent(GuestThread thread, GuestMemory memory, ulong initialVal, uint flags, GuestOut<int> newFd)
    {
        if (flags > Semaphore || initialVal == ulong.MaxValue)
        {
            return Errno.Inval;
        }

        if (!memory.CanWrite(newFd))
        {
            return Errno.Fault;
        }

        Process process = thread.Process;
        Errno errno = thread.Kernel.Anonymous.Event(process, initialVal, flags != 0, StatusFlags.None, out OpenFile? file);
        return errno != Errno.Success ? errno : Install(process, memory, file!, newFd);
    }

    /// <summary>fd_pipe: a pipe.</summary>
    /// <returns><see cref="Errno.MFile"/>, <see cref="Errno.NFile"/> beyond <see cref="Limits.Pipes"/>.</returns>
    [HostImport(WasixModules.Core, "fd_pipe", Needs = typeof(AnonymousFiles))]
    internal static Errno FdPipe(GuestThread thread, GuestMemory memory, GuestOut<int> readFd, GuestOut<int> writeFd)
    {
        if (!memory.CanWrite(readFd) || !memory.CanWrite(writeFd))
        {
            return Errno.Fault;
        }

        Errno errno = NewDescriptors.InstallPipe(thread.Process, StatusFlags.None, closeOnExec: false, out int reader, out int writer);
        if (errno == Errno.Success)
        {
            memory.TryWrite(readFd, reader);
            memory.TryWrite(writeFd, writer);
        }

        return errno;
    }

    /// <summary>Gives a new file a number and tells it.</summary>
    internal static Errno Install(Process process, GuestMemory memory, OpenFile file, GuestOut<int> newFd)
    {
        Errno errno = NewDescriptors.Install(process, file, closeOnExec: false, out int number);
        if (errno == Errno.Success)
        {
            memory.TryWrite(newFd, number);
        }

        return errno;
    }

    private static Errno Duplicate(GuestThread thread, GuestMemory memory, int fd, int lowest, bool closeOnExec, GuestOut<int> newFd)
    {
        if (!memory.CanWrite(newFd))
        {
            return Errno.Fault;
        }

        Errno errno = NewDescriptors.Duplicate(thread.Process, fd, lowest, closeOnExec, out int number);
        if (errno == Errno.Success)
        {
            memory.TryWrite(newFd, number);
        }

        return errno;
    }
}
