using System.Buffers;
using Marcotte.Core;

namespace Marcotte.Vfs;

/// <content>Where a process is.</content>
public sealed partial class Namespace
{
    private static ReadOnlySpan<byte> Unreachable => "(unreachable)"u8;

    /// <inheritdoc/>
    /// <remarks>
    /// As the call of Linux's kernel does, it puts <c>(unreachable)</c> before the path of a directory that does not lie beneath the
    /// process's root (a C library makes ENOENT of that). A path of <see cref="Limits.PathBytes"/> and more is
    /// <see cref="Errno.NameTooLong"/>.
    /// </remarks>
    public override Errno WorkingDirectory(Process process, Span<byte> buffer, out int count)
    {
        ArgumentNullException.ThrowIfNull(process);
        count = 0;
        ProcessDirectories directories = DirectoriesOf(process);
        Location root = directories.EnterRoot();
        Location working = directories.EnterWorking();
        byte[] path = ArrayPool<byte>.Shared.Rent(process.Kernel.Limits.PathBytes + Unreachable.Length);
        try
        {
            Span<byte> room = path.AsSpan(0, process.Kernel.Limits.PathBytes + Unreachable.Length);
            Errno errno = Climb(root, working, room[Unreachable.Length..], out int start, out bool isBeneath);
            if (errno != Errno.Success)
            {
                return errno;
            }

            ReadOnlySpan<byte> found = room[(Unreachable.Length + start)..];
            if (!isBeneath)
            {
                Unreachable.CopyTo(room[start..]);
                found = room[start..];
            }

            // The kernel's buffer holds the NUL too.
            if (found.Length >= process.Kernel.Limits.PathBytes)
            {
                return Errno.NameTooLong;
            }

            if (found.Length > buffer.Length)
            {
                return Errno.Range;
            }

            found.CopyTo(buffer);
            count = found.Length;
            return Errno.Success;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(path);
            root.Inode.Release();
            working.Inode.Release();
        }
    }

    /// <summary>The path of a directory from a process's root, or from the top when it does not lie beneath that; null when it has none.</summary>
    /// <param name="process">Whose root counts.</param>
    /// <param name="location">The directory.</param>
    /// <param name="name">What it was called, for when it was removed.</param>
    internal byte[]? PathOf(Process process, in Location location, ReadOnlySpan<byte> name)
    {
        byte[] room = new byte[process.Kernel.Limits.PathBytes];
        Location root = DirectoriesOf(process).EnterRoot();
        Errno errno = Climb(root, location, room, out int start, out _);
        byte[]? path = errno == Errno.Success ? room[start..] : null;
        if (errno == Errno.NoEnt && Location.Above(root, location, out Location above) == Errno.Success)
        {
            // As Linux, it goes on telling the name that there was.
            path = Climb(root, above, room, out start, out _) == Errno.Success
                ? [.. start == room.Length - 1 ? [] : room[start..], (byte)'/', .. name, .. " (deleted)"u8]
                : null;
            above.Inode.Release();
        }

        root.Inode.Release();
        return path;
    }

    /// <summary>The path of a directory beneath a process's root; null for one elsewhere.</summary>
    internal byte[]? PathWithin(Process process, in Location location)
    {
        byte[] room = new byte[process.Kernel.Limits.PathBytes];
        Location root = DirectoriesOf(process).EnterRoot();
        Errno errno = Climb(root, location, room, out int start, out bool isBeneath);
        root.Inode.Release();
        return errno == Errno.Success && isBeneath ? room[start..] : null;
    }

    /// <summary>Puts the names from a directory up to the root, or to the top when it is not on the way, at the end of a buffer.</summary>
    private static Errno Climb(in Location root, in Location location, Span<byte> buffer, out int start, out bool isBeneath)
    {
        start = buffer.Length;
        Location at = new(location.Mount, location.Inode.Acquire());
        for (;;)
        {
            isBeneath = root.Is(at.Mount, at.Inode);
            if (isBeneath || at.IsTop)
            {
                at.Inode.Release();
                if (start == buffer.Length)
                {
                    buffer[--start] = (byte)'/';
                }

                return Errno.Success;
            }

            Errno errno = Location.Above(root, at, out Location above);
            errno = errno == Errno.Success ? PutName(at, above, buffer, ref start) : errno;
            at.Inode.Release();
            if (errno != Errno.Success)
            {
                above.Inode?.Release();
                return errno;
            }

            at = above;
        }
    }

    private static Errno PutName(in Location at, in Location above, Span<byte> buffer, ref int start)
    {
        Span<byte> found = stackalloc byte[256];
        scoped ReadOnlySpan<byte> name = at.Mount.Name;
        bool isMounted = !at.Mount.IsPart && at.Inode.Number == at.Mount.Root.Number;
        if (!isMounted)
        {
            Errno errno = above.Inode.FindName(at.Inode, found, out int length);
            if (errno != Errno.Success)
            {
                return errno;
            }

            name = found[..length];
        }

        if (name.Length >= start)
        {
            return Errno.NameTooLong;
        }

        start -= name.Length;
        name.CopyTo(buffer[start..]);
        buffer[--start] = (byte)'/';
        return Errno.Success;
    }
}
