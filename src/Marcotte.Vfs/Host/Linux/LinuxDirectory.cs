using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <summary>A directory of the host, held by a handle (O_PATH), so that it stays itself whatever it is renamed to.</summary>
internal sealed unsafe partial class LinuxDirectory : LinuxInode
{
    private readonly LinuxHandle _handle;

    /// <summary>The root: its handle belongs to the <see cref="LinuxRoot"/>.</summary>
    internal LinuxDirectory(LinuxHostFileSystem fileSystem, LinuxHandle handle, HostIdentity identity)
        : base(fileSystem, null, [], FileType.Directory, identity) => _handle = handle;

    private LinuxDirectory(LinuxDirectory parent, ReadOnlySpan<byte> name, LinuxHandle handle, HostIdentity identity)
        : base(parent.Host, parent, name, FileType.Directory, identity) => _handle = handle;

    public override Errno Stat(out FileStat stat)
    {
        stat = default;
        if (!_handle.TryUse(out int descriptor))
        {
            return Errno.BadF;
        }

        Errno errno = Finish(LinuxAttributes.Examine(descriptor, out StatBuffer buffer));
        if (errno == Errno.Success)
        {
            stat = buffer.Describe(Host);
        }

        return errno;
    }

    public override Errno SetTimes(in TimeUpdate times)
    {
        Errno errno = Use(out int descriptor);
        if (errno != Errno.Success)
        {
            return errno;
        }

        TimeSpec* specs = stackalloc TimeSpec[2];
        LinuxAttributes.Encode(times, specs);
        ushort self = '.';
        return Finish(LibC.SetTimesAt(descriptor, (byte*)&self, specs, LibC.AtSymlinkNoFollow));
    }

    public override Errno SetMode(ushort mode)
    {
        Errno errno = Use(out int descriptor);
        return errno == Errno.Success ? Finish(LinuxAttributes.SetMode(descriptor, LinuxAttributes.Grantable(mode, Type))) : errno;
    }

    public override Errno SetOwner(OwnerUpdate owner)
    {
        Errno errno = Host.Owners.Outside(owner, out OwnerUpdate outside);
        int descriptor = -1;
        errno = errno == Errno.Success ? Use(out descriptor) : errno;
        return errno == Errno.Success ? Finish(LinuxAttributes.SetOwner(descriptor, outside)) : errno;
    }

    public override Errno FindName(Inode child, Span<byte> name, out int length)
    {
        // The name that it was looked up by, as long as that is still its own.
        if (child is LinuxInode found && ReferenceEquals(found.Parent, this) && found.Name.Length <= name.Length &&
            Examine(found.Name, out StatBuffer stat) == Errno.Success && stat.Identity == found.Identity)
        {
            found.Name.CopyTo(name);
            length = found.Name.Length;
            return Errno.Success;
        }

        return base.FindName(child, name, out length);
    }

    public override Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
    {
        child = null;
        Errno errno = Examine(name, out StatBuffer stat);
        if (errno != Errno.Success)
        {
            if (errno == Errno.NoEnt)
            {
                Host.Cache.Forget(this, name);
            }

            return errno;
        }

        LinuxInode? known = Host.Cache.Find(this, name, stat);
        if (known is null)
        {
            if (stat.Type != FileType.Directory)
            {
                known = new LinuxLeaf(this, name, stat);
            }
            else
            {
                errno = OpenChild(name, out LinuxDirectory? directory);
                if (errno != Errno.Success)
                {
                    return errno;
                }

                known = directory!;
            }

            Host.Cache.Keep(known);
        }

        child = known;
        return Errno.Success;
    }

    public override Errno List(out DirectoryListing? listing)
    {
        listing = null;
        Errno errno = OpenSelf(out LinuxHandle? handle);
        if (errno is Errno.Success or Errno.NoEnt)
        {
            // A directory that was removed meanwhile is listed too, and has no entries.
            listing = new LinuxListing(handle);
            return Errno.Success;
        }

        return errno;
    }

    /// <summary>What the kernel says of the file system.</summary>
    internal Errno DescribeFileSystem(out FileSystemStat stat)
    {
        stat = default;
        return _handle.TryUse(out int descriptor) ? Finish(LinuxAttributes.Describe(descriptor, out stat)) : Errno.BadF;
    }

    /// <summary>What the kernel says of a name here.</summary>
    internal Errno Examine(ReadOnlySpan<byte> name, out StatBuffer stat)
    {
        stat = default;
        Errno errno = Use(name, out int directory, out NativeName native);
        return errno != Errno.Success ? errno : Finish(LinuxAttributes.Examine(directory, (byte*)&native, out stat));
    }

    /// <summary>Keeps the handle open for a call on a name; <see cref="Finish(Errno)"/> or its like gives it back.</summary>
    internal Errno Use(ReadOnlySpan<byte> name, out int descriptor, out NativeName native)
    {
        descriptor = -1;
        Errno errno = NativeName.Take(name, out native);
        return errno != Errno.Success ? errno : _handle.TryUse(out descriptor) ? Errno.Success : Errno.BadF;
    }

    /// <summary>Gives the handle back after a call, and says how the call went.</summary>
    internal Errno Finish(nint result) => Finish(result < 0 ? LibC.LastError() : Errno.Success);

    /// <summary>Gives the handle back after a call, and says how the call went.</summary>
    internal Errno Finish(Errno errno)
    {
        _handle.DangerousRelease();
        return errno;
    }

    /// <summary>Opens a name here as a file, and says what was opened.</summary>
    internal Errno OpenFile(ReadOnlySpan<byte> name, int flags, uint mode, out LinuxHandle? handle, out StatBuffer stat)
    {
        handle = null;
        stat = default;
        Errno errno = Use(name, out int directory, out NativeName native);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = Host.Open(directory, (byte*)&native, flags, mode, out handle);
        if (errno == Errno.Perm && (flags & LibC.OpenNoAccessTime) != 0)
        {
            // Only an owner may ask that the time of access stays.
            errno = Host.Open(directory, (byte*)&native, flags & ~LibC.OpenNoAccessTime, mode, out handle);
        }

        _handle.DangerousRelease();
        return errno != Errno.Success ? errno : Examine(ref handle, out stat);
    }

    private protected override void Close()
    {
        if (Parent is not null)
        {
            _handle.Dispose();
        }
    }

    private static Errno Examine(ref LinuxHandle? handle, out StatBuffer stat)
    {
        // Nobody else has the handle yet, so it cannot be closed meanwhile.
        Errno errno = LinuxAttributes.Examine((int)handle!.DangerousGetHandle(), out stat);
        if (errno != Errno.Success)
        {
            handle.Dispose();
            handle = null;
        }

        return errno;
    }

    private Errno OpenChild(ReadOnlySpan<byte> name, out LinuxDirectory? directory)
    {
        directory = null;
        Errno errno = OpenFile(name, LibC.OpenPath | LibC.OpenDirectory, 0, out LinuxHandle? handle, out StatBuffer stat);
        if (errno == Errno.Success)
        {
            directory = new LinuxDirectory(this, name, handle!, stat.Identity);
        }

        return errno;
    }

    private Errno OpenSelf(out LinuxHandle? handle)
    {
        handle = null;
        if (!_handle.TryUse(out int descriptor))
        {
            return Errno.BadF;
        }

        ushort self = '.';
        return Finish(Host.Open(descriptor, (byte*)&self, LibC.OpenReadOnly | LibC.OpenDirectory, 0, out handle));
    }

    /// <summary>Keeps the handle open for a change.</summary>
    private Errno Use(out int descriptor)
    {
        descriptor = -1;
        Errno errno = Host.CheckWritable();
        return errno != Errno.Success ? errno : _handle.TryUse(out descriptor) ? Errno.Success : Errno.BadF;
    }
}
