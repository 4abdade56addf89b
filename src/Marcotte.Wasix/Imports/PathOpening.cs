using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Opening by name: <c>path_open2</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class PathOpening
{
    private const uint CloseOnExec = 1;

    /// <summary>path_open2: path_open that says as well whether exec closes the descriptor, which is the lowest there is.</summary>
    /// <returns>As path_open; <see cref="Errno.Inval"/> for unknown flags.</returns>
    [HostImport(WasixModules.Core, "path_open2", Needs = typeof(FileNamespace))]
    internal static Errno PathOpen2(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, LookupFlags dirflags, GuestText path, OFlags oflags, Rights fsRightsBase, Rights fsRightsInheriting, FdFlags fdflags, uint fdflagsext, GuestOut<uint> openedFd) =>
        fdflagsext > CloseOnExec
            ? Errno.Inval
            : WasiFiles.Open(thread, memory, fd, new PathOpenRequest(dirflags, path, oflags, fsRightsBase, fsRightsInheriting, fdflags, fdflagsext != 0, 0), openedFd);
}
