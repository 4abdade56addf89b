using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>What C libraries on Linux say of each failure (strerror).</summary>
internal static class ErrnoTexts
{
    internal static string Of(Errno errno) => errno switch
    {
        Errno.Success => "Success",
        Errno.Perm => "Operation not permitted",
        Errno.NoEnt => "No such file or directory",
        Errno.Srch => "No such process",
        Errno.Intr => "Interrupted system call",
        Errno.IO => "Input/output error",
        Errno.NxIO => "No such device or address",
        Errno.TooBig => "Argument list too long",
        Errno.NoExec => "Exec format error",
        Errno.BadF => "Bad file descriptor",
        Errno.Again => "Resource temporarily unavailable",
        Errno.NoMem => "Cannot allocate memory",
        Errno.Access => "Permission denied",
        Errno.Fault => "Bad address",
        Errno.Busy => "Device or resource busy",
        Errno.Exist => "File exists",
        Errno.XDev => "Invalid cross-device link",
        Errno.NoDev => "No such device",
        Errno.NotDir => "Not a directory",
        Errno.IsDir => "Is a directory",
        Errno.Inval => "Invalid argument",
        Errno.NFile => "Too many open files in system",
        Errno.MFile => "Too many open files",
        Errno.NoTty => "Inappropriate ioctl for device",
        Errno.TxtBsy => "Text file busy",
        Errno.FBig => "File too large",
        Errno.NoSpc => "No space left on device",
        Errno.SPipe => "Illegal seek",
        Errno.RoFs => "Read-only file system",
        Errno.MLink => "Too many links",
        Errno.Pipe => "Broken pipe",
        Errno.Dom => "Numerical argument out of domain",
        Errno.Range => "Numerical result out of range",
        Errno.DeadLk => "Resource deadlock avoided",
        Errno.NameTooLong => "File name too long",
        Errno.NoLck => "No locks available",
        Errno.NoSys => "Function not implemented",
        Errno.NotEmpty => "Directory not empty",
        Errno.Loop => "Too many levels of symbolic links",
        Errno.Overflow => "Value too large for defined data type",
        Errno.IlSeq => "Invalid or incomplete multibyte or wide character",
        Errno.NotSup => "Operation not supported",
        Errno.NoBufs => "No buffer space available",
        Errno.TimedOut => "Connection timed out",
        Errno.Stale => "Stale file handle",
        Errno.DQuot => "Disk quota exceeded",
        Errno.Canceled => "Operation canceled",
        _ => "Unknown error " + errno.ToName(),
    };
}
