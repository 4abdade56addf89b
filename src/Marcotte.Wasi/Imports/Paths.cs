using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Names in directories: <c>path_*</c> but for path_open.</summary>
/// <remarks>
/// All of them answer <see cref="Errno.BadF"/> when the directory is not open, <see cref="Errno.NotDir"/> when it is none,
/// <see cref="Errno.NotCapable"/> when it lacks the right that is named like the call, <see cref="Errno.Fault"/> when a
/// pointer lies outside of memory, <see cref="Errno.NameTooLong"/> for a path beyond <see cref="Limits.PathBytes"/>,
/// <see cref="Errno.Perm"/> for a path that is absolute or leaves the directory, and what the POSIX call answers.
/// </remarks>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Paths
{
    /// <summary>Permission bits of a new directory; preview 1 has none to give.</summary>
    private const ushort DirectoryMode = 0x1FF;

    /// <summary>path_create_directory: makes a directory (mkdirat).</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The directory that the path starts from.</param>
    /// <param name="path">The path.</param>
    /// <returns>As all of them; <see cref="Errno.Exist"/>.</returns>
    [HostImport(WasiModules.Preview1, "path_create_directory", Needs = typeof(FileNamespace))]
    [HostImport(WasiModules.Unstable, "path_create_directory", Needs = typeof(FileNamespace))]
    internal static Errno PathCreateDirectory(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestText path)
    {
        Errno errno = Resolve(thread, memory, fd, Rights.PathCreateDirectory, path, LookupFlags.None, out PathReference reference);
        return errno != Errno.Success ? errno : thread.Kernel.Files.MakeDirectory(reference, DirectoryMode);
    }

    /// <summary>path_filestat_get: what is known of a file (fstatat).</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The directory that the path starts from.</param>
    /// <param name="flags">Whether a link at the end is followed.</param>
    /// <param name="path">The path.</param>
    /// <param name="stat">Takes the answer.</param>
    /// <returns>As all of them; <see cref="Errno.Inval"/> for unknown flags.</returns>
    [HostImport(WasiModules.Preview1, "path_filestat_get", Needs = typeof(FileNamespace))]
    internal static Errno PathFilestatGet(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, LookupFlags flags, GuestText path, GuestOut<WasiFileStat> stat)
    {
        Errno errno = Stat(thread, memory, fd, flags, path, out FileStat known);
        if (errno != Errno.Success)
        {
            return errno;
        }

        return memory.TryWrite(stat, new WasiFileStat(known)) ? Errno.Success : Errno.Fault;
    }

    /// <summary>path_filestat_get of snapshot 0, whose answer is laid out otherwise.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The directory that the path starts from.</param>
    /// <param name="flags">Whether a link at the end is followed.</param>
    /// <param name="path">The path.</param>
    /// <param name="stat">Takes the answer.</param>
    /// <returns>As <see cref="PathFilestatGet"/>.</returns>
    [HostImport(WasiModules.Unstable, "path_filestat_get", Needs = typeof(FileNamespace))]
    internal static Errno PathFilestatGetUnstable(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, LookupFlags flags, GuestText path, GuestOut<UnstableFileStat> stat)
    {
        Errno errno = Stat(thread, memory, fd, flags, path, out FileStat known);
        if (errno != Errno.Success)
        {
            return errno;
        }

        return memory.TryWrite(stat, new UnstableFileStat(known)) ? Errno.Success : Errno.Fault;
    }

    /// <summary>path_filestat_set_times: sets the times of access and modification (utimensat).</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The directory that the path starts from.</param>
    /// <param name="flags">Whether a link at the end is followed; if not, its own times are set.</param>
    /// <param name="path">The path.</param>
    /// <param name="atim">The time of access, in nanoseconds since 1970.</param>
    /// <param name="mtim">The time of modification, in nanoseconds since 1970.</param>
    /// <param name="fstFlags">Which of them are set, and whether to the present time instead.</param>
    /// <returns>
    /// As all of them; <see cref="Errno.Inval"/> for unknown or contradicting flags and for a time of 2^63 and more.
    /// </returns>
    [HostImport(WasiModules.Preview1, "path_filestat_set_times", Needs = typeof(FileNamespace))]
    [HostImport(WasiModules.Unstable, "path_filestat_set_times", Needs = typeof(FileNamespace))]
    internal static Errno PathFilestatSetTimes(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, LookupFlags flags, GuestText path, ulong atim, ulong mtim, FstFlags fstFlags)
    {
        Errno errno = Resolve(thread, memory, fd, Rights.PathFileStatSetTimes, path, flags, out PathReference reference);
        if (errno == Errno.Success)
        {
            errno = fstFlags.ToUpdate(atim, mtim, out TimeUpdate times);
            return errno != Errno.Success ? errno : thread.Kernel.Files.SetTimes(reference, times);
        }

        return errno;
    }

    /// <summary>path_link: gives a file one more name (linkat). A link at the end is itself what is linked.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="oldFd">The directory that the old path starts from.</param>
    /// <param name="oldFlags">SYMLINK_FOLLOW is refused.</param>
    /// <param name="oldPath">The file.</param>
    /// <param name="newFd">The directory that the new path starts from.</param>
    /// <param name="newPath">The new name.</param>
    /// <returns>
    /// As all of them; <see cref="Errno.Inval"/> for any flag, <see cref="Errno.Exist"/>, <see cref="Errno.XDev"/>,
    /// <see cref="Errno.MLink"/>, <see cref="Errno.Perm"/> for a directory.
    /// </returns>
    [HostImport(WasiModules.Preview1, "path_link", Needs = typeof(FileNamespace))]
    [HostImport(WasiModules.Unstable, "path_link", Needs = typeof(FileNamespace))]
    internal static Errno PathLink(GuestThread thread, GuestMemory memory, [GuestDescriptor] int oldFd, LookupFlags oldFlags, GuestText oldPath, [GuestDescriptor] int newFd, GuestText newPath)
    {
        Errno errno = Resolve(thread, memory, oldFd, Rights.PathLinkSource, oldPath, LookupFlags.None, out PathReference source);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = Resolve(thread, memory, newFd, Rights.PathLinkTarget, newPath, LookupFlags.None, out PathReference target);
        if (errno != Errno.Success)
        {
            return errno;
        }

        return oldFlags != LookupFlags.None ? Errno.Inval : thread.Kernel.Files.Link(source, target);
    }

    /// <summary>path_readlink: reads a symbolic link (readlinkat).</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The directory that the path starts from.</param>
    /// <param name="path">The path.</param>
    /// <param name="buf">Where its content goes, without a NUL, cut to what fits.</param>
    /// <param name="bufused">Takes the bytes written.</param>
    /// <returns>As all of them; <see cref="Errno.Inval"/> for what is no link.</returns>
    [HostImport(WasiModules.Preview1, "path_readlink", Needs = typeof(FileNamespace))]
    [HostImport(WasiModules.Unstable, "path_readlink", Needs = typeof(FileNamespace))]
    internal static Errno PathReadlink(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestText path, GuestSpan<byte> buf, GuestOut<uint> bufused)
    {
        Errno errno = Resolve(thread, memory, fd, Rights.PathReadLink, path, LookupFlags.None, out PathReference reference);
        if (errno != Errno.Success)
        {
            return errno;
        }

        Iovec whole = new() { Address = buf.Address, Length = buf.Count };
        if (!memory.CanWrite(bufused) || !memory.TrySliceStart(whole, GuestMemoryExtensions.MaxTransfer, out Span<byte> buffer))
        {
            return Errno.Fault;
        }

        errno = thread.Kernel.Files.ReadLink(reference, buffer, out int count);
        if (errno == Errno.Success)
        {
            memory.TryWrite(bufused, (uint)count);
        }

        return errno;
    }

    /// <summary>path_remove_directory: removes an empty directory (rmdir).</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The directory that the path starts from.</param>
    /// <param name="path">The path.</param>
    /// <returns>As all of them; <see cref="Errno.NotEmpty"/>; <see cref="Errno.NotDir"/>.</returns>
    [HostImport(WasiModules.Preview1, "path_remove_directory", Needs = typeof(FileNamespace))]
    [HostImport(WasiModules.Unstable, "path_remove_directory", Needs = typeof(FileNamespace))]
    internal static Errno PathRemoveDirectory(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestText path)
    {
        Errno errno = Resolve(thread, memory, fd, Rights.PathRemoveDirectory, path, LookupFlags.None, out PathReference reference);
        return errno != Errno.Success ? errno : thread.Kernel.Files.RemoveDirectory(reference);
    }

    /// <summary>path_rename: renames, replacing what is there (renameat).</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The directory that the old path starts from.</param>
    /// <param name="oldPath">The name to be given up.</param>
    /// <param name="newFd">The directory that the new path starts from.</param>
    /// <param name="newPath">The name to be taken.</param>
    /// <returns>
    /// As all of them; <see cref="Errno.IsDir"/>, <see cref="Errno.NotDir"/>, <see cref="Errno.NotEmpty"/>,
    /// <see cref="Errno.XDev"/>, <see cref="Errno.Inval"/> for a directory into itself.
    /// </returns>
    [HostImport(WasiModules.Preview1, "path_rename", Needs = typeof(FileNamespace))]
    [HostImport(WasiModules.Unstable, "path_rename", Needs = typeof(FileNamespace))]
    internal static Errno PathRename(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestText oldPath, [GuestDescriptor] int newFd, GuestText newPath)
    {
        Errno errno = Resolve(thread, memory, fd, Rights.PathRenameSource, oldPath, LookupFlags.None, out PathReference source);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = Resolve(thread, memory, newFd, Rights.PathRenameTarget, newPath, LookupFlags.None, out PathReference target);
        return errno != Errno.Success ? errno : thread.Kernel.Files.Rename(source, target);
    }

    /// <summary>path_symlink: makes a symbolic link (symlinkat).</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="oldPath">What the link says; it need not lead anywhere.</param>
    /// <param name="fd">The directory that the new path starts from.</param>
    /// <param name="newPath">The new name.</param>
    /// <returns>
    /// As all of them; <see cref="Errno.Exist"/>; for what the link says <see cref="Errno.NoEnt"/> when empty,
    /// <see cref="Errno.Perm"/> when absolute, <see cref="Errno.IlSeq"/> when no UTF-8, <see cref="Errno.Inval"/> with a NUL.
    /// </returns>
    [HostImport(WasiModules.Preview1, "path_symlink", Needs = typeof(FileNamespace))]
    [HostImport(WasiModules.Unstable, "path_symlink", Needs = typeof(FileNamespace))]
    internal static Errno PathSymlink(GuestThread thread, GuestMemory memory, GuestText oldPath, [GuestDescriptor] int fd, GuestText newPath)
    {
        Errno errno = Resolve(thread, memory, fd, Rights.PathSymlink, newPath, LookupFlags.None, out PathReference reference);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = memory.ReadText(oldPath, thread.Kernel.Limits.PathBytes, out ReadOnlySpan<byte> content);
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (content.IsEmpty)
        {
            return Errno.NoEnt;
        }

        // No path may leave the directory it starts from, so a link that could never be followed is not made.
        if (content[0] == (byte)'/')
        {
            return Errno.Perm;
        }

        if (!Utf8.IsValid(content))
        {
            return Errno.IlSeq;
        }

        return content.Contains((byte)0) ? Errno.Inval : thread.Kernel.Files.SymbolicLink(content, reference);
    }

    /// <summary>path_unlink_file: removes a name of a file that is no directory (unlinkat).</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The directory that the path starts from.</param>
    /// <param name="path">The path.</param>
    /// <returns>As all of them; <see cref="Errno.IsDir"/>.</returns>
    [HostImport(WasiModules.Preview1, "path_unlink_file", Needs = typeof(FileNamespace))]
    [HostImport(WasiModules.Unstable, "path_unlink_file", Needs = typeof(FileNamespace))]
    internal static Errno PathUnlinkFile(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestText path)
    {
        Errno errno = Resolve(thread, memory, fd, Rights.PathUnlinkFile, path, LookupFlags.None, out PathReference reference);
        return errno != Errno.Success ? errno : thread.Kernel.Files.Unlink(reference);
    }

    /// <summary>Reads a path, which always stays beneath its directory.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The directory.</param>
    /// <param name="needed">What the directory must allow.</param>
    /// <param name="path">Where the path lies.</param>
    /// <param name="flags">How it is looked up; not checked yet.</param>
    /// <param name="reference">The path.</param>
    /// <returns>The outcome.</returns>
    private static Errno Resolve(GuestThread thread, GuestMemory memory, int fd, Rights needed, GuestText path, LookupFlags flags, out PathReference reference)
    {
        Unsafe.SkipInit(out reference);
        if (!thread.Process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        if (!descriptor.Has(needed))
        {
            return WasiRights.Refusal(descriptor, needed);
        }

        if (flags > LookupFlags.SymlinkFollow)
        {
            return Errno.Inval;
        }

        Errno errno = memory.ReadText(path, thread.Kernel.Limits.PathBytes, out ReadOnlySpan<byte> text);
        reference = new PathReference(thread.Process, descriptor.File, text, PathFlags.Beneath | (PathFlags)flags);
        return errno;
    }

    private static Errno Stat(GuestThread thread, GuestMemory memory, int fd, LookupFlags flags, GuestText path, out FileStat stat)
    {
        Errno errno = Resolve(thread, memory, fd, Rights.PathFileStatGet, path, flags, out PathReference reference);
        if (errno != Errno.Success)
        {
            stat = default;
            return errno;
        }

        return thread.Kernel.Files.Stat(reference, out stat);
    }
}
