using System.Buffers;
using System.Text.Unicode;
using Marcotte.Core;
using Marcotte.Vfs.Proc;

namespace Marcotte.Vfs;

/// <content>Where a walk does not go straight down: up, and along links.</content>
internal ref partial struct PathWalker
{
    /// <summary>Goes on along a link that is the last component.</summary>
    /// <param name="link">The link; its reference is given back.</param>
    public Errno Follow(Inode link)
    {
        _rest = default;
        return FollowInto(link, _hasSlash);
    }

    /// <summary>Whether bytes can be a path at all.</summary>
    public static Errno Check(ReadOnlySpan<byte> path, Limits limits)
    {
        if (path.IsEmpty)
        {
            return Errno.NoEnt;
        }

        // As POSIX's PATH_MAX does, the limit counts the NUL that C puts behind a path.
        if (path.Length >= limits.PathBytes)
        {
            return Errno.NameTooLong;
        }

        return path.Contains((byte)0) ? Errno.Inval : Utf8.IsValid(path) ? Errno.Success : Errno.IlSeq;
    }

    /// <summary>Puts what a link says before the rest of the path.</summary>
    private Errno FollowInto(Inode link, bool hasMore)
    {
        try
        {
            if (++_links > _limits.SymbolicLinks)
            {
                return Errno.Loop;
            }

            if (link is ProcMagicLink magic)
            {
                return Jump(magic, hasMore);
            }

            int most = _limits.PathBytes;
            byte[] buffer = ArrayPool<byte>.Shared.Rent(most + 1 + _rest.Length);
            Errno errno = link.ReadLink(buffer.AsSpan(0, most), out int length);

            // No link any more: the host, or another thread, put something else there since it was looked up.
            errno = errno == Errno.Inval ? Errno.NoEnt : errno;
            errno = errno == Errno.Success ? Check(buffer.AsSpan(0, length), _limits) : errno;
            if (errno != Errno.Success)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                return errno;
            }

            if (hasMore)
            {
                buffer[length++] = (byte)'/';
                _rest.CopyTo(buffer.AsSpan(length));
                length += _rest.Length;
            }

            ReturnBuffer();
            _buffer = buffer;
            _rest = buffer.AsSpan(0, length);
        }
        finally
        {
            link.Release();
        }

        if (_rest[0] != (byte)'/')
        {
            return Errno.Success;
        }

        if (_isBeneath)
        {
            return Errno.Perm;
        }

        Location root = Directories().EnterRoot();
        MoveTo(root.Mount, root.Inode);
        return Errno.Success;
    }

    /// <summary>Goes to what a link leads to that has no path, whatever it says; then on with the rest of the path.</summary>
    private Errno Jump(ProcMagicLink link, bool hasMore)
    {
        Location target = default;
        Errno errno = _isBeneath ? Errno.Perm : link.Jump(out target);
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (hasMore && !target.Inode.IsDirectory)
        {
            target.Inode.Release();
            return Errno.NotDir;
        }

        MoveTo(target.Mount ?? _mount, target.Inode);
        return Errno.Success;
    }

    private Errno StepUp()
    {
        if (_isBeneath && _floor.Is(_mount, _inode))
        {
            return Errno.Perm;
        }

        Errno errno = Location.Above(Directories().Root, new Location(_mount, _inode), out Location above);
        if (errno != Errno.Success)
        {
            return errno;
        }

        MoveTo(above.Mount, above.Inode);
        return !_isBeneath || IsBelowFloor() ? Errno.Success : Errno.Perm;
    }

    /// <summary>Climbs from where the walk stands, to see that its floor is on the way.</summary>
    private readonly bool IsBelowFloor()
    {
        Location root = Directories().Root;
        Location at = new(_mount, _inode.Acquire());
        for (;;)
        {
            bool isFloor = _floor.Is(at.Mount, at.Inode);
            Location above = default;
            bool climbs = !isFloor && !at.IsTop && !root.Is(at.Mount, at.Inode) &&
                Location.Above(root, at, out above) == Errno.Success;
            at.Inode.Release();
            if (!climbs)
            {
                return isFloor;
            }

            at = above;
        }
    }

    private void ReturnBuffer()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }
}
