using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Opening by name: <c>path_open</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class PathOpening
{
    /// <summary>Numbers below belong to stdin, stdout and stderr, open or not.</summary>
    private const int LowestDescriptor = 3;

    private const OFlags AllOFlags = OFlags.Creat | OFlags.Directory | OFlags.Excl | OFlags.Trunc;

    /// <summary>path_open: opens a file, or makes it (openat).</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The directory that the path starts from.</param>
    /// <param name="dirflags">Whether a link at the end is followed; if not, one is <see cref="Errno.Loop"/>.</param>
    /// <param name="path">The path; it stays beneath the directory.</param>
    /// <param name="oflags">Whether the file is made, cut, or must be a directory.</param>
    /// <param name="fsRightsBase">What the new descriptor shall be able to do; FD_READ and FD_WRITE make the access mode.</param>
    /// <param name="fsRightsInheriting">What descriptors opened through the new one shall be able to do at most.</param>
    /// <param name="fdflags">Status flags.</param>
    /// <param name="openedFd">Takes the new descriptor, 3 or above.</param>
    /// <returns>
    /// <see cref="Errno.BadF"/> when the directory is not open; <see cref="Errno.NotDir"/>; <see cref="Errno.Inval"/> for
    /// unknown flags and for CREAT with DIRECTORY; <see cref="Errno.NotCapable"/> when the directory lacks PATH_OPEN, with
    /// CREAT PATH_CREATE_FILE, with TRUNC PATH_FILESTAT_SET_SIZE, or may not hand on FD_READ or FD_WRITE that is asked for;
    /// <see cref="Errno.MFile"/> when all descriptors are in use; and what openat answers.
    /// </returns>
    /// <remarks>
    /// Of the rights asked for, the new descriptor gets those that the directory may hand on and that mean something for the
    /// file. So a libc may ask for all it can think of, as they do; yet to be refused reading or writing is said at once.
    /// </remarks>
    [HostImport(WasiModules.Preview1, "path_open", Needs = typeof(FileNamespace))]
    [HostImport(WasiModules.Unstable, "path_open", Needs = typeof(FileNamespace))]
    internal static Errno PathOpen(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, LookupFlags dirflags, GuestText path, OFlags oflags, Rights fsRightsBase, Rights fsRightsInheriting, FdFlags fdflags, GuestOut<uint> openedFd) =>
        Open(thread, memory, fd, new PathOpenRequest(dirflags, path, oflags, fsRightsBase, fsRightsInheriting, fdflags, CloseOnExec: false, LowestDescriptor), openedFd);

    /// <summary>Opens a file as path_open does.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The directory that the path starts from.</param>
    /// <param name="request">What is opened, and how.</param>
    /// <param name="openedFd">Takes the new descriptor.</param>
    /// <returns>As <see cref="PathOpen"/>.</returns>
    internal static Errno Open(GuestThread thread, GuestMemory memory, int fd, in PathOpenRequest request, GuestOut<uint> openedFd)
    {
        if (!thread.Process.Descriptors.TryGet(fd, out Descriptor? directory))
        {
            return Errno.BadF;
        }

        if (request.Lookup > LookupFlags.SymlinkFollow || (request.Flags & ~AllOFlags) != 0 || (request.Status & ~FdFlagsMapping.All) != 0
            || (request.Flags & (OFlags.Creat | OFlags.Directory)) == (OFlags.Creat | OFlags.Directory))
        {
            return Errno.Inval;
        }

        Rights needed = Needed(request.Flags);
        if (!directory.Has(needed))
        {
            return WasiRights.Refusal(directory, needed);
        }

        if ((request.Base & (Rights.FdRead | Rights.FdWrite) & ~directory.Inheriting) != 0)
        {
            return Errno.NotCapable;
        }

        Errno errno = memory.ReadText(request.Path, thread.Kernel.Limits.PathBytes, out ReadOnlySpan<byte> text);
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (!memory.CanWrite(openedFd))
        {
            return Errno.Fault;
        }

        // Whether there is a number left is asked first, so that a file is neither made nor cut in vain.
        if (!thread.Process.Descriptors.HasRoom(request.Lowest))
        {
            return Errno.MFile;
        }

        PathReference reference = new(thread.Process, directory.File, text, PathFlags.Beneath | (PathFlags)request.Lookup);
        OpenRequest opening = new(ToOpenFlags(request.Flags), ToAccess(request.Base), request.Status.ToStatus());
        errno = thread.Kernel.Files.Open(reference, opening, out OpenFile? file);
        if (errno == Errno.Success)
        {
            errno = WasiFiles.Completed(thread, file!);
        }

        return errno != Errno.Success ? errno : Install(thread, memory, file!, directory.Inheriting, in request, openedFd);
    }

    private static Errno Install(GuestThread thread, GuestMemory memory, OpenFile file, Rights most, in PathOpenRequest request, GuestOut<uint> openedFd)
    {
        Rights rights = request.Base & most & WasiRights.Possible(file);
        Rights inheriting = request.Inheriting & most & WasiRights.PossiblyInheriting(file);
        Descriptor opened = new(file, rights, inheriting, request.CloseOnExec);
        Errno errno = thread.Process.Descriptors.Add(opened, out int number, request.Lowest);
        if (errno != Errno.Success)
        {
            file.Release();
            return errno == Errno.Inval ? Errno.MFile : errno;
        }

        memory.TryWrite(openedFd, (uint)number);
        return Errno.Success;
    }

    private static Rights Needed(OFlags oflags) =>
        Rights.PathOpen
        | ((oflags & OFlags.Creat) != 0 ? Rights.PathCreateFile : Rights.None)
        | ((oflags & OFlags.Trunc) != 0 ? Rights.PathFileStatSetSize : Rights.None);

    private static OpenFlags ToOpenFlags(OFlags oflags) =>
        ((oflags & OFlags.Creat) != 0 ? OpenFlags.Create : OpenFlags.None)
        | ((oflags & OFlags.Excl) != 0 ? OpenFlags.Exclusive : OpenFlags.None)
        | ((oflags & OFlags.Trunc) != 0 ? OpenFlags.Truncate : OpenFlags.None)
        | ((oflags & OFlags.Directory) != 0 ? OpenFlags.Directory : OpenFlags.None);

    /// <summary>A directory is read by listing it, so FD_READDIR opens for reading as well.</summary>
    private static AccessModes ToAccess(Rights rights) =>
        ((rights & (Rights.FdRead | Rights.FdReadDir)) != 0 ? AccessModes.Read : AccessModes.None)
        | ((rights & Rights.FdWrite) != 0 ? AccessModes.Write : AccessModes.None);
}
