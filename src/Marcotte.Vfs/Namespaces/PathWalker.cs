using System.Runtime.CompilerServices;
using Marcotte.Core;
using Marcotte.Vfs.Watching;

namespace Marcotte.Vfs;

/// <summary>What the last component of a path is.</summary>
internal enum LastComponent : byte
{
    /// <summary>A name.</summary>
    Name,

    /// <summary>The directory itself: <c>.</c>.</summary>
    Dot,

    /// <summary>The directory above, where the walker is then: <c>..</c>.</summary>
    DotDot,

    /// <summary>There is none: the path is <c>/</c>.</summary>
    Root,
}

/// <summary>Walks a path, one component after the other. It is the only place that does.</summary>
/// <remarks>
/// <para>
/// Where it stands it holds a reference to the inode, so nothing it has checked can be exchanged behind it. Links are read
/// and walked here, never by a file system; so they resolve in the box's tree, from the process's root, whatever they say.
/// </para>
/// <para>
/// A walk that must stay beneath its start refuses absolute paths and absolute links, and checks after each <c>..</c> that
/// the directory reached is still below the start: a directory that was moved away meanwhile leads nowhere.
/// </para>
/// </remarks>
internal ref partial struct PathWalker
{
    private readonly Process _process;
    private readonly Limits _limits;
    private readonly Namespace _files;
    private readonly bool _isRoot;

    private Mount _mount;
    private Inode _inode;
    private ReadOnlySpan<byte> _asked;
    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _last;
    private Location _floor;
    private bool _isBeneath;
    private bool _hasSlash;
    private int _links;
    private byte[]? _buffer;

    public PathWalker(Namespace files, Process process)
    {
        _files = files;
        _process = process;
        _limits = process.Kernel.Limits;
        _isRoot = Permissions.IsRoot(process.Credentials);
        _mount = null!;
        _inode = null!;
    }

    /// <summary>The mount it stands in.</summary>
    public readonly Mount Mount => _mount;

    /// <summary>Where it stands: the last component's directory, or, when resolved to the end, the file.</summary>
    public readonly Inode Inode => _inode;

    /// <summary>The last component.</summary>
    public readonly ReadOnlySpan<byte> Last => _last;

    /// <summary>The directory that a walk to the end found the last component in; only where somebody watches.</summary>
    public InodeKey? Above { get; private set; }

    /// <summary>Whether a slash follows the last component, so that it must be a directory.</summary>
    public readonly bool HasSlash => _hasSlash;

    /// <summary>Checks the path and goes to its start. Whoever began a walk disposes it.</summary>
    public Errno Begin(in PathReference reference)
    {
        Errno errno = Check(reference.Path, _limits);
        if (errno != Errno.Success)
        {
            return errno;
        }

        _asked = _rest = reference.Path;
        Location start;
        if (_rest[0] == (byte)'/')
        {
            if (reference.Beneath)
            {
                return Errno.Perm;
            }

            start = Directories().EnterRoot();
        }
        else if (reference.Directory is null)
        {
            start = Directories().EnterWorking();
        }
        else if (reference.Directory.Operations is OpenDirectory directory)
        {
            errno = directory.Enter(out start);
            if (errno != Errno.Success)
            {
                return errno;
            }
        }
        else
        {
            return Errno.NotDir;
        }

        _mount = start.Mount;
        _inode = start.Inode;
        if (reference.Beneath)
        {
            _isBeneath = true;
            _floor = start;
            _inode.Acquire();
        }

        return Errno.Success;
    }

    /// <summary>Walks to the end.</summary>
    /// <param name="follow">Whether a link at the end is followed; before a slash it always is.</param>
    public Errno Resolve(bool follow)
    {
        for (;;)
        {
            Errno errno = ResolveParent(out LastComponent kind);
            if (errno != Errno.Success || kind != LastComponent.Name)
            {
                return errno;
            }

            errno = LookupLast(out Mount mount, out Inode? child);
            if (errno != Errno.Success)
            {
                return errno;
            }

            if (child!.Type == FileType.SymbolicLink && (follow || _hasSlash))
            {
                errno = Follow(child);
                if (errno != Errno.Success)
                {
                    return errno;
                }

                continue;
            }

            if (_hasSlash && !child.IsDirectory)
            {
                child.Release();
                return Errno.NotDir;
            }

            if (_files.Watches is not null)
            {
                Above = InodeKey.Of(_inode);
            }

            MoveTo(mount, child);
            return Errno.Success;
        }
    }

    /// <summary>Walks to the directory of the last component.</summary>
    public Errno ResolveParent(out LastComponent kind)
    {
        kind = LastComponent.Root;
        _last = default;
        _hasSlash = false;
        ReadOnlySpan<byte> rest = _rest;
        while (!rest.IsEmpty && rest[0] == (byte)'/')
        {
            rest = rest[1..];
        }

        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'/');
            ReadOnlySpan<byte> name = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            while (!rest.IsEmpty && rest[0] == (byte)'/')
            {
                rest = rest[1..];
            }

            Errno errno = _isRoot ? Errno.Success : Permissions.Check(_inode, _process.Credentials, Permissions.Execute);
            if (errno != Errno.Success)
            {
                return errno;
            }

            kind = KindOf(name);
            if (kind == LastComponent.DotDot)
            {
                errno = StepUp();
            }
            else if (kind == LastComponent.Name)
            {
                if (rest.IsEmpty)
                {
                    _last = name;
                    _hasSlash = end >= 0;
                    return Errno.Success;
                }

                errno = StepDown(name, ref rest);
            }

            if (errno != Errno.Success)
            {
                return errno;
            }
        }

        return Errno.Success;
    }

    /// <summary>Looks the last component up. Only now is it too long, as on Linux: what is wrong with another path comes before.</summary>
    /// <param name="mount">The mount of the inode, which is not this one's where something is mounted at the name.</param>
    /// <param name="child">The inode, with a reference for the caller.</param>
    public readonly Errno LookupLast(out Mount mount, out Inode? child)
    {
        if (_last.Length <= _limits.NameBytes)
        {
            return Lookup(_last, out mount, out child);
        }

        mount = _mount;
        child = null;
        return Errno.NameTooLong;
    }

    /// <summary>What is attached at the last component, a mount or a part under a rule.</summary>
    public readonly Mount? AttachedAtLast => _mount.MayHaveMountsIn(_inode) ? _mount.MountAt(_inode, _last) : null;

    /// <summary>Whether something is mounted at the last component, or a rule lies on it, so that it must stay.</summary>
    public readonly bool IsMountPoint => AttachedAtLast is not null;

    /// <summary>The mount that the last component's name is in, whether or not there is anything of that name.</summary>
    public readonly Mount MountOfLast => AttachedAtLast ?? _mount;

    /// <summary>What the process asked for, for whoever tells of it.</summary>
    public readonly PathReference Asked => new(_process, null, _asked, PathFlags.None);

    /// <summary>Asks the rule over the file that the walk has reached, if there is one.</summary>
    public readonly Errno Permit(PathVerbs verbs) =>
        _mount.Guard is { } guard ? guard.Check(verbs, Asked) : Errno.Success;

    /// <summary>Asks the rule over the last component's name, if there is one.</summary>
    public readonly Errno PermitLast(PathVerbs verbs) =>
        MountOfLast.Guard is { } guard ? guard.Check(verbs, Asked) : Errno.Success;

    /// <summary>Gives back what the walk holds.</summary>
    public void Dispose()
    {
        _inode?.Release();
        if (_isBeneath)
        {
            _floor.Inode.Release();
        }

        if (_buffer is not null)
        {
            ReturnBuffer();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static LastComponent KindOf(ReadOnlySpan<byte> name)
    {
        if (name[0] != (byte)'.' || name.Length > 2)
        {
            return LastComponent.Name;
        }

        return name.Length == 1 ? LastComponent.Dot : name[1] == (byte)'.' ? LastComponent.DotDot : LastComponent.Name;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Errno Lookup(ReadOnlySpan<byte> name, out Mount mount, out Inode? child)
    {
        mount = _mount;
        if (mount.MayHaveMountsIn(_inode) && mount.MountAt(_inode, name) is { } mounted)
        {
            mount = mounted;
        }

        if (!ReferenceEquals(mount, _mount) && !mount.IsPart)
        {
            child = mount.Root.Acquire();
        }
        else
        {
            Errno errno = _inode.Lookup(name, out child);
            if (errno != Errno.Success)
            {
                return errno;
            }

            if (!ReferenceEquals(mount, _mount) && child!.IsDirectory)
            {
                mount.Continue(child);
            }
        }

        if (child!.IsPerProcess)
        {
            Bind(ref child);
        }

        return Errno.Success;
    }

    private readonly void Bind(ref Inode child)
    {
        Inode bound = child.Bind(_process);
        child.Release();
        child = bound;
    }

    private Errno StepDown(ReadOnlySpan<byte> name, ref ReadOnlySpan<byte> rest)
    {
        if (name.Length > _limits.NameBytes)
        {
            return Errno.NameTooLong;
        }

        Errno errno = Lookup(name, out Mount mount, out Inode? child);
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (child!.IsDirectory)
        {
            MoveTo(mount, child);
            return Errno.Success;
        }

        if (child.Type == FileType.SymbolicLink)
        {
            _rest = rest;
            errno = FollowInto(child, hasMore: true);
            rest = _rest.TrimStart((byte)'/');
            return errno;
        }

        child.Release();
        return Errno.NotDir;
    }

    private void MoveTo(Mount mount, Inode inode)
    {
        _inode.Release();
        _mount = mount;
        _inode = inode;
    }

    private readonly ProcessDirectories Directories() => _files.DirectoriesOf(_process);
}
