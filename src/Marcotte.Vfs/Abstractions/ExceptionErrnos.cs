using System.Security;
using Marcotte.Core;

namespace Marcotte.Vfs.Abstractions;

/// <summary>What the exceptions of <c>System.IO</c> are called inside.</summary>
internal static class ExceptionErrnos
{
    private const int WindowsFacility = unchecked((int)0x80070000);
    private const int LargestErrno = 133;

    /// <summary>The errno of an exception that a file operation may throw.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="errno">Its errno.</param>
    /// <returns>False for what is no file's failure but somebody's bug, which goes on.</returns>
    internal static bool TryMap(Exception exception, out Errno errno)
    {
        errno = exception switch
        {
            FileNotFoundException or DirectoryNotFoundException or DriveNotFoundException => Errno.NoEnt,
            PathTooLongException => Errno.NameTooLong,
            IOException => OfCode(exception.HResult),
            UnauthorizedAccessException or SecurityException => Errno.Access,
            NotSupportedException or NotImplementedException => Errno.NotSup,
            ObjectDisposedException => Errno.BadF,
            ArgumentException => Errno.Inval,

            // Of a file system in memory: the stream could not grow.
            OutOfMemoryException => Errno.NoSpc,
            _ => Errno.Success,
        };
        return errno != Errno.Success;
    }

    // Unix puts the errno there, in Linux's numbers or its own; Windows an HRESULT of a Win32 error.
    private static Errno OfCode(int code) => (code & unchecked((int)0xFFFF0000)) == WindowsFacility
        ? OfWindows(code & 0xFFFF)
        : code is > 0 and <= LargestErrno && OperatingSystem.IsLinux() ? Host.HostErrnos.FromLinux(code) : Errno.IO;

    private static Errno OfWindows(int code) => code switch
    {
        2 or 3 or 123 or 161 => Errno.NoEnt,
        5 => Errno.Access,
        4 => Errno.MFile,
        17 => Errno.XDev,
        19 => Errno.RoFs,
        32 or 33 => Errno.Busy,
        39 or 112 => Errno.NoSpc,
        80 or 183 => Errno.Exist,
        145 => Errno.NotEmpty,
        206 => Errno.NameTooLong,
        223 => Errno.FBig,
        267 => Errno.NotDir,
        1295 => Errno.DQuot,
        _ => Errno.IO,
    };
}
