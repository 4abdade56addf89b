using System.Runtime.InteropServices;

namespace Marcotte.Model.Tests;

/// <summary>The calls of Linux's C library that the kernel is asked by. Written down a second time, so that the test shares no mistake with the product.</summary>
internal static unsafe partial class LibC
{
    internal const int AtWorkingDirectory = -100;
    internal const int AtNoFollow = 0x100;
    internal const int AtRemoveDirectory = 0x200;
    internal const int AtFollow = 0x400;
    internal const int AtEmptyPath = 0x1000;

    private const string Library = "libc";

    private static readonly bool IsX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    internal static int OpenDirectoryFlag => IsX64 ? 0x10000 : 0x4000;

    internal static int OpenNoFollowFlag => IsX64 ? 0x20000 : 0x8000;

    internal static int Access(int directory, byte* path, int mode) => (int)Call(439, directory, (nint)path, mode, 0x200, 0);

    internal static int Rename(int directory, byte* path, int targetDirectory, byte* target, int flags) =>
        (int)Call(IsX64 ? 316 : 276, directory, (nint)path, targetDirectory, (nint)target, flags);

    internal static int GetEntries(int descriptor, byte* buffer, int length) => (int)Call(IsX64 ? 217 : 61, descriptor, (nint)buffer, length, 0, 0);

    /// <summary>Leaves the calling thread with no further groups; the C library's own would change all threads.</summary>
    internal static void DropGroups() => _ = Call(IsX64 ? 116 : 159, 0, 0, 0, 0, 0);

    [LibraryImport(Library, EntryPoint = "setfsuid")]
    internal static partial int SetFileSystemUser(uint user);

    [LibraryImport(Library, EntryPoint = "setfsgid")]
    internal static partial int SetFileSystemGroup(uint group);

    [LibraryImport(Library, EntryPoint = "unshare", SetLastError = true)]
    internal static partial int Unshare(int flags);

    [LibraryImport(Library, EntryPoint = "umask")]
    internal static partial uint SetUmask(uint mask);

    [LibraryImport(Library, EntryPoint = "chroot", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ChangeRoot(string path);

    [LibraryImport(Library, EntryPoint = "chdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ChangeDirectory(string path);

    [LibraryImport(Library, EntryPoint = "fchdir", SetLastError = true)]
    internal static partial int ChangeDirectory(int descriptor);

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true)]
    internal static partial int Open(int directory, byte* path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, byte* buffer, nint length);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, byte* buffer, nint length);

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    internal static partial nint ReadAt(int descriptor, byte* buffer, nint length, long offset);

    [LibraryImport(Library, EntryPoint = "pwrite", SetLastError = true)]
    internal static partial nint WriteAt(int descriptor, byte* buffer, nint length, long offset);

    [LibraryImport(Library, EntryPoint = "lseek", SetLastError = true)]
    internal static partial long Seek(int descriptor, long offset, int whence);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int Control(int descriptor, int command, int argument);

    [LibraryImport(Library, EntryPoint = "ftruncate", SetLastError = true)]
    internal static partial int SetSize(int descriptor, long size);

    [LibraryImport(Library, EntryPoint = "truncate", SetLastError = true)]
    internal static partial int SetSize(byte* path, long size);

    [LibraryImport(Library, EntryPoint = "fallocate", SetLastError = true)]
    internal static partial int Allocate(int descriptor, int mode, long offset, long length);

    [LibraryImport(Library, EntryPoint = "copy_file_range", SetLastError = true)]
    internal static partial nint Copy(int descriptor, long* offset, int target, long* targetOffset, nint length, uint flags);

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true)]
    internal static partial int Stat(int directory, byte* path, int flags, uint mask, StatBuffer* buffer);

    [LibraryImport(Library, EntryPoint = "fchmod", SetLastError = true)]
    internal static partial int SetMode(int descriptor, uint mode);

    [LibraryImport(Library, EntryPoint = "fchmodat", SetLastError = true)]
    internal static partial int SetMode(int directory, byte* path, uint mode, int flags);

    [LibraryImport(Library, EntryPoint = "fchown", SetLastError = true)]
    internal static partial int SetOwner(int descriptor, uint user, uint group);

    [LibraryImport(Library, EntryPoint = "fchownat", SetLastError = true)]
    internal static partial int SetOwner(int directory, byte* path, uint user, uint group, int flags);

    [LibraryImport(Library, EntryPoint = "futimens", SetLastError = true)]
    internal static partial int SetTimes(int descriptor, long* times);

    [LibraryImport(Library, EntryPoint = "utimensat", SetLastError = true)]
    internal static partial int SetTimes(int directory, byte* path, long* times, int flags);

    [LibraryImport(Library, EntryPoint = "mkdirat", SetLastError = true)]
    internal static partial int MakeDirectory(int directory, byte* path, uint mode);

    [LibraryImport(Library, EntryPoint = "unlinkat", SetLastError = true)]
    internal static partial int Unlink(int directory, byte* path, int flags);

    [LibraryImport(Library, EntryPoint = "linkat", SetLastError = true)]
    internal static partial int Link(int directory, byte* path, int targetDirectory, byte* target, int flags);

    [LibraryImport(Library, EntryPoint = "symlinkat", SetLastError = true)]
    internal static partial int SymbolicLink(byte* content, int directory, byte* path);

    [LibraryImport(Library, EntryPoint = "readlinkat", SetLastError = true)]
    internal static partial nint ReadLink(int directory, byte* path, byte* buffer, nint length);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint first, nint second, nint third, nint fourth, nint fifth);

    /// <summary>What is used of struct statx.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct StatBuffer
    {
        [FieldOffset(16)]
        internal uint Links;

        [FieldOffset(20)]
        internal uint User;

        [FieldOffset(24)]
        internal uint Group;

        [FieldOffset(28)]
        internal ushort Mode;

        [FieldOffset(32)]
        internal ulong Inode;

        [FieldOffset(40)]
        internal long Size;

        [FieldOffset(112)]
        internal long ModifySeconds;

        [FieldOffset(120)]
        internal uint ModifyNanoseconds;
    }
}
