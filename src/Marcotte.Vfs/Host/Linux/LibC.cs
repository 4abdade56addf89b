using System.Runtime.InteropServices;
using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <summary>The calls of Linux's C library that the host driver makes. Each takes a directory's handle and one name.</summary>
/// <remarks>
/// All of them may block on the medium, so none suppresses the GC transition. Numbers are Linux's for every 64-bit
/// architecture that .NET runs on, except where a field says otherwise.
/// </remarks>
internal static unsafe partial class LibC
{
    internal const int AtWorkingDirectory = -100;
    internal const int AtSymlinkNoFollow = 0x100;
    internal const int AtRemoveDir = 0x200;
    internal const int AtEmptyPath = 0x1000;

    internal const int OpenReadOnly = 0;
    internal const int OpenWriteOnly = 1;
    internal const int OpenReadWrite = 2;
    internal const int OpenCreate = 0x40;
    internal const int OpenExclusive = 0x80;
    internal const int OpenNoTty = 0x100;
    internal const int OpenTruncate = 0x200;
    internal const int OpenNonBlocking = 0x800;
    internal const int OpenNoAccessTime = 0x40000;
    internal const int OpenCloseOnExec = 0x80000;
    internal const int OpenPath = 0x200000;

    internal const int SeekStart = 0;
    internal const int SeekCurrent = 1;
    internal const int SeekEnd = 2;
    internal const int SeekData = 3;
    internal const int SeekHole = 4;

    internal const int WriteDataSync = 0x2;
    internal const int WriteSync = 0x4;
    internal const int WriteAppend = 0x10;

    internal const long TimeNow = 0x3FFFFFFF;
    internal const long TimeOmit = 0x3FFFFFFE;

    internal const int AllocateKeepSize = 1;
    internal const int AllocatePunchHole = 2;
    internal const int AllocateZeroRange = 16;

    internal const uint RenameNoReplace = 1;
    internal const uint RenameExchange = 2;

    private const string Library = "libc";
    private const nint OpenAt2Number = 437;
    private const nint ChangeModeAt2Number = 452;

    /// <summary>O_DIRECTORY: two architectures kept the numbers of their 32-bit ABI.</summary>
    internal static readonly int OpenDirectory = HasOldNumbers ? 0x4000 : 0x10000;

    /// <summary>O_NOFOLLOW: two architectures kept the numbers of their 32-bit ABI.</summary>
    internal static readonly int OpenNoFollow = HasOldNumbers ? 0x8000 : 0x20000;

    private static readonly nint GetEntriesNumber = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 217,
        Architecture.S390x => 220,
        Architecture.Ppc64le => 202,
        _ => 61,
    };

    private static readonly nint RenameAt2Number = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 316,
        Architecture.S390x => 347,
        Architecture.Ppc64le => 357,
        _ => 276,
    };

    private static bool HasOldNumbers =>
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Ppc64le;

    /// <summary>Whether the calls are there with the layouts given here: Linux with 64-bit offsets.</summary>
    internal static bool IsSupported => OperatingSystem.IsLinux() && nint.Size == 8;

    /// <summary>What the last call failed with.</summary>
    /// <returns>The error; <see cref="Errno.IO"/> for a number that <see cref="Errno"/> does not have.</returns>
    internal static Errno LastError() => HostErrnos.FromLinux(Marshal.GetLastPInvokeError());

    /// <summary>Opens a name in a directory, never leaving the directory and never following a link, as the kernel guarantees it.</summary>
    internal static int OpenAt2(int directory, byte* name, in OpenHow how)
    {
        fixed (OpenHow* pointer = &how)
        {
            return (int)Call(OpenAt2Number, directory, (nint)name, (nint)pointer, sizeof(OpenHow));
        }
    }

    /// <summary>Reads entries of a directory in the kernel's own layout.</summary>
    internal static int GetEntries(int directory, byte* buffer, int length) =>
        (int)Call(GetEntriesNumber, directory, (nint)buffer, length, 0);

    /// <summary>Renames with flags; the C library has it later than the kernel.</summary>
    internal static int RenameAt2(int directory, byte* name, int targetDirectory, byte* target, uint flags) =>
        (int)Call(RenameAt2Number, directory, (nint)name, targetDirectory, (nint)target, (nint)flags);

    /// <summary>Changes permission bits of what a handle stands for (Linux 6.6).</summary>
    internal static int ChangeModeAt2(int directory, byte* name, uint mode, int flags) =>
        (int)Call(ChangeModeAt2Number, directory, (nint)name, (nint)mode, flags);

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true)]
    internal static partial int OpenAt(int directory, byte* name, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true)]
    internal static partial int StatX(int directory, byte* name, int flags, uint mask, StatBuffer* buffer);

    [LibraryImport(Library, EntryPoint = "mkdirat", SetLastError = true)]
    internal static partial int MakeDirectoryAt(int directory, byte* name, uint mode);

    [LibraryImport(Library, EntryPoint = "unlinkat", SetLastError = true)]
    internal static partial int UnlinkAt(int directory, byte* name, int flags);

    [LibraryImport(Library, EntryPoint = "renameat", SetLastError = true)]
    internal static partial int RenameAt(int directory, byte* name, int targetDirectory, byte* target);

    [LibraryImport(Library, EntryPoint = "linkat", SetLastError = true)]
    internal static partial int LinkAt(int directory, byte* name, int targetDirectory, byte* target, int flags);

    [LibraryImport(Library, EntryPoint = "symlinkat", SetLastError = true)]
    internal static partial int SymbolicLinkAt(byte* content, int directory, byte* name);

    [LibraryImport(Library, EntryPoint = "readlinkat", SetLastError = true)]
    internal static partial nint ReadLinkAt(int directory, byte* name, byte* buffer, nint length);

    [LibraryImport(Library, EntryPoint = "utimensat", SetLastError = true)]
    internal static partial int SetTimesAt(int directory, byte* name, TimeSpec* times, int flags);

    [LibraryImport(Library, EntryPoint = "futimens", SetLastError = true)]
    internal static partial int SetTimes(int descriptor, TimeSpec* times);

    [LibraryImport(Library, EntryPoint = "fchmod", SetLastError = true)]
    internal static partial int ChangeMode(int descriptor, uint mode);

    [LibraryImport(Library, EntryPoint = "chmod", SetLastError = true)]
    internal static partial int ChangeMode(byte* path, uint mode);

    [LibraryImport(Library, EntryPoint = "fchownat", SetLastError = true)]
    internal static partial int ChangeOwnerAt(int directory, byte* name, uint user, uint group, int flags);

    [LibraryImport(Library, EntryPoint = "fstatvfs", SetLastError = true)]
    internal static partial int StatVolume(int descriptor, VolumeBuffer* buffer);

    [LibraryImport(Library, EntryPoint = "copy_file_range", SetLastError = true)]
    internal static partial nint CopyRange(int descriptor, long* offset, int target, long* targetOffset, nint length, uint flags);

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    internal static partial nint Read(int descriptor, byte* buffer, nint length, long offset);

    [LibraryImport(Library, EntryPoint = "pwrite", SetLastError = true)]
    internal static partial nint Write(int descriptor, byte* buffer, nint length, long offset);

    [LibraryImport(Library, EntryPoint = "pwritev2", SetLastError = true)]
    internal static partial nint Write(int descriptor, IoVector* vectors, int count, long offset, int flags);

    [LibraryImport(Library, EntryPoint = "lseek", SetLastError = true)]
    internal static partial long Seek(int descriptor, long offset, int whence);

    [LibraryImport(Library, EntryPoint = "ftruncate", SetLastError = true)]
    internal static partial int SetSize(int descriptor, long length);

    [LibraryImport(Library, EntryPoint = "fallocate", SetLastError = true)]
    internal static partial int Allocate(int descriptor, int mode, long offset, long length);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Sync(int descriptor);

    [LibraryImport(Library, EntryPoint = "fdatasync", SetLastError = true)]
    internal static partial int SyncData(int descriptor);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint first, nint second, nint third, nint fourth, nint fifth);
}

/// <summary>How openat2 opens (struct open_how).</summary>
internal struct OpenHow
{
    /// <summary>RESOLVE_NO_MAGICLINKS, RESOLVE_NO_SYMLINKS and RESOLVE_BENEATH.</summary>
    internal const ulong Strict = 0x02 | 0x04 | 0x08;

    internal ulong Flags;
    internal ulong Mode;
    internal ulong Resolve;
}

/// <summary>A moment (struct timespec on 64-bit Linux).</summary>
internal struct TimeSpec
{
    internal nint Seconds;
    internal nint Nanoseconds;
}

/// <summary>One buffer of a gathering write (struct iovec).</summary>
internal unsafe struct IoVector
{
    internal byte* Base;
    internal nint Length;
}
