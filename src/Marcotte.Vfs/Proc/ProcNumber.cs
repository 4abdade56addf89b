namespace Marcotte.Vfs.Proc;

/// <summary>What an inode of a process file system is; with the process and a place it makes the inode's number.</summary>
internal enum ProcKind
{
    Root = 1, Self, ThreadSelf, MountsLink, Box, Sys, SysKernel, SysFile, Process, File, WorkingDirectory, RootDirectory, Program, Descriptors,
    Descriptor, DescriptorTarget, Tasks, Task, TaskFile,
}

/// <summary>The numbers of inodes: 31 bits of a process's or a thread's, 7 of the kind, 26 of a place.</summary>
internal static class ProcNumber
{
    public static ulong Of(ProcKind kind, int id = 0, int place = 0) =>
        ((ulong)(uint)id << 33) | ((ulong)kind << 26) | ((uint)place & 0x3FF_FFFF);
}
