using System.Buffers;
using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>The working directory: <c>getcwd</c> and <c>chdir</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class WorkingDirectory
{
    /// <summary>getcwd: the path of the working directory, without a NUL.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="pathLen">Has the bytes there is room for, and takes those that the path has, also when it does not fit.</param>
    /// <returns><see cref="Errno.Range"/> when it does not fit, <see cref="Errno.NoEnt"/> when the directory was removed.</returns>
    [HostImport(WasixModules.Core, "getcwd", Needs = typeof(FileNamespace))]
    internal static Errno Getcwd(GuestThread thread, GuestMemory memory, GuestOut<byte> path, GuestOut<uint> pathLen)
    {
        if (!memory.TryRead(new GuestPtr<uint>(pathLen.Address), out uint room))
        {
            return Errno.Fault;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(thread.Kernel.Limits.PathBytes);
        try
        {
            Errno errno = thread.Kernel.Files.WorkingDirectory(thread.Process, buffer, out int count);
            if (errno != Errno.Success)
            {
                return errno;
            }

            memory.TryWrite(pathLen, (uint)count);
            if (room < (uint)count)
            {
                return Errno.Range;
            }

            if (!memory.TrySlice(path.Address, (uint)count, out Span<byte> bytes))
            {
                return Errno.Fault;
            }

            buffer.AsSpan(0, count).CopyTo(bytes);
            return Errno.Success;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>chdir: makes another directory the working directory.</summary>
    /// <returns>As chdir.</returns>
    [HostImport(WasixModules.Core, "chdir", Needs = typeof(FileNamespace))]
    internal static Errno Chdir(GuestThread thread, GuestMemory memory, GuestText path)
    {
        Errno errno = memory.ReadText(path, thread.Kernel.Limits.PathBytes, out ReadOnlySpan<byte> text);
        return errno != Errno.Success
            ? errno
            : thread.Kernel.Files.ChangeDirectory(new PathReference(thread.Process, null, text, PathFlags.Follow));
    }
}
