using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Preopened directories: <c>fd_prestat_get</c> and <c>fd_prestat_dir_name</c>.</summary>
/// <remarks>
/// A libc asks from descriptor 3 upward and stops at the first <see cref="Errno.BadF"/>; any other error ends the program.
/// </remarks>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Preopens
{
    /// <summary>fd_prestat_get: how long the name of a preopened directory is.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="prestat">Takes the answer.</param>
    /// <returns>
    /// <see cref="Errno.BadF"/> when not open, or not preopened; <see cref="Errno.Fault"/> when the pointer lies outside of memory.
    /// </returns>
    [HostImport(WasiModules.Preview1, "fd_prestat_get")]
    [HostImport(WasiModules.Unstable, "fd_prestat_get")]
    internal static Errno FdPrestatGet(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestOut<Prestat> prestat)
    {
        if (PreopenNames.Find(thread.Process, fd) is not { } name)
        {
            return Errno.BadF;
        }

        return memory.TryWrite(prestat, new Prestat { NameLength = (uint)name.Length }) ? Errno.Success : Errno.Fault;
    }

    /// <summary>fd_prestat_dir_name: the name of a preopened directory.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="path">Where the name goes, without a NUL; what is left of the buffer stays as it is.</param>
    /// <returns>
    /// <see cref="Errno.BadF"/> when not open, or not preopened; <see cref="Errno.NameTooLong"/> when the buffer is too
    /// short; <see cref="Errno.Fault"/> when it lies outside of memory.
    /// </returns>
    [HostImport(WasiModules.Preview1, "fd_prestat_dir_name")]
    [HostImport(WasiModules.Unstable, "fd_prestat_dir_name")]
    internal static Errno FdPrestatDirName(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestSpan<byte> path)
    {
        if (PreopenNames.Find(thread.Process, fd) is not { } name)
        {
            return Errno.BadF;
        }

        if (!memory.Contains(path.Address, path.Count))
        {
            return Errno.Fault;
        }

        if (path.Count < (uint)name.Length)
        {
            return Errno.NameTooLong;
        }

        if (!memory.TrySlice(path.Address, (uint)name.Length, out Span<byte> buffer))
        {
            return Errno.Fault;
        }

        name.CopyTo(buffer);
        return Errno.Success;
    }
}
