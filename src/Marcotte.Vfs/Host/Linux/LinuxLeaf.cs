using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <summary>What is no directory. It holds no handle of its own: it is a name in a directory, until it is opened.</summary>
internal sealed unsafe class LinuxLeaf : LinuxInode
{
    private readonly Lock _lock = new();
    private FileStat _found;
    private bool _isFresh;

    internal LinuxLeaf(LinuxDirectory parent, ReadOnlySpan<byte> name, in StatBuffer stat)
        : base(parent.Host, parent, name, stat.Type, stat.Identity) => Found(stat);

    private LinuxDirectory Directory => Parent!;

    internal override void Found(in StatBuffer stat)
    {
        FileStat found = stat.Describe(Host);
        lock (_lock)
        {
            _found = found;
            _isFresh = true;
        }
    }

    /// <inheritdoc/>
    /// <remarks>The answer of the look-up serves once: a walk looks up and describes at once, and need not ask twice.</remarks>
    public override Errno Stat(out FileStat stat)
    {
        lock (_lock)
        {
            if (_isFresh)
            {
                _isFresh = false;
                stat = _found;
                return Errno.Success;
            }
        }

        Errno errno = Directory.Examine(Name, out StatBuffer buffer);
        stat = errno == Errno.Success ? buffer.Describe(Host) : default;
        return errno;
    }

    public override Errno SetTimes(in TimeUpdate times)
    {
        Errno errno = Host.CheckWritable();
        if (errno != Errno.Success)
        {
            return errno;
        }

        TimeSpec* specs = stackalloc TimeSpec[2];
        LinuxAttributes.Encode(times, specs);
        errno = Directory.Use(Name, out int directory, out NativeName name);
        return errno != Errno.Success ? errno : Changed(Directory.Finish(LibC.SetTimesAt(directory, (byte*)&name, specs, LibC.AtSymlinkNoFollow)));
    }

    public override Errno SetMode(ushort mode)
    {
        Errno errno = BeginChange(out LinuxHandle? handle, out int descriptor);
        return errno == Errno.Success ? Finish(handle!, LinuxAttributes.SetMode(descriptor, LinuxAttributes.Grantable(mode, Type))) : errno;
    }

    public override Errno SetOwner(OwnerUpdate owner)
    {
        Errno errno = Host.Owners.Outside(owner, out OwnerUpdate outside);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = BeginChange(out LinuxHandle? handle, out int descriptor);
        return errno == Errno.Success ? Finish(handle!, LinuxAttributes.SetOwner(descriptor, outside)) : errno;
    }

    public override Errno ReadLink(Span<byte> buffer, out int count)
    {
        count = 0;
        Errno errno = Directory.Use(Name, out int directory, out NativeName name);
        if (errno != Errno.Success)
        {
            return errno;
        }

        nint length;
        byte spare;
        fixed (byte* pointer = buffer)
        {
            // The kernel refuses an empty buffer; POSIX does not.
            length = buffer.IsEmpty
                ? LibC.ReadLinkAt(directory, (byte*)&name, &spare, 1)
                : LibC.ReadLinkAt(directory, (byte*)&name, pointer, buffer.Length);
        }

        count = (int)Math.Clamp(length, 0, buffer.Length);
        return Directory.Finish(length);
    }

    public override Errno Open(in InodeOpen request, out OpenFile? file)
    {
        file = null;
        if (Type != FileType.Regular)
        {
            return Errno.NxIO;
        }

        bool writes = request.Truncate || (request.Access & AccessModes.Write) != 0;
        Errno errno = writes ? Host.CheckWritable() : Errno.Success;
        if (errno == Errno.Success)
        {
            errno = Directory.OpenFile(Name, LinuxFile.Flags(request), 0, out LinuxHandle? handle, out StatBuffer stat);
            if (errno == Errno.Success)
            {
                errno = Finish(handle!, stat, request, out file);
            }
        }

        return errno;
    }

    /// <summary>Takes a handle of the file that was looked up, to change it; it alone is changed, whatever the name means meanwhile.</summary>
    private Errno BeginChange(out LinuxHandle? handle, out int descriptor)
    {
        handle = null;
        descriptor = -1;
        StatBuffer stat = default;
        Errno errno = Host.CheckWritable();
        errno = errno == Errno.Success ? Directory.OpenFile(Name, LibC.OpenPath, 0, out handle, out stat) : errno;
        if (errno == Errno.Success && (stat.Type != Type || !IsAsFound(stat)))
        {
            handle!.Dispose();
            errno = Errno.NoEnt;
        }

        if (errno == Errno.Success)
        {
            descriptor = (int)handle!.DangerousGetHandle();
        }

        return errno;
    }

    private Errno Finish(LinuxHandle handle, Errno errno)
    {
        handle.Dispose();
        return Changed(errno);
    }

    /// <summary>What the look-up said may hold no more.</summary>
    private Errno Changed(Errno errno)
    {
        lock (_lock)
        {
            _isFresh = false;
        }

        return errno;
    }

    /// <summary>Takes the opened file if it is the one that was looked up, and cuts it if asked.</summary>
    private Errno Finish(LinuxHandle handle, in StatBuffer stat, in InodeOpen request, out OpenFile? file)
    {
        LinuxFile opened = new(Host, handle, stat.Mode);
        file = new OpenFile(opened, request.Access, request.Status);
        Errno errno = stat.Type != FileType.Regular ? Errno.NxIO
            : !IsAsFound(stat) ? Errno.NoEnt
            : request.Truncate ? opened.SetSize(file, 0)
            : Errno.Success;
        if (errno != Errno.Success)
        {
            file.Release();
            file = null;
        }

        return errno;
    }

    /// <summary>
    /// Whether the box's check of permissions, made on what was looked up, holds for what was opened: it is the same file,
    /// or one put in its place that all who may use the one may use as well.
    /// </summary>
    private bool IsAsFound(in StatBuffer stat)
    {
        if (stat.Identity == Identity)
        {
            return true;
        }

        FileStat opened = stat.Describe(Host);
        lock (_lock)
        {
            return opened.Mode == _found.Mode && opened.UserId == _found.UserId && opened.GroupId == _found.GroupId;
        }
    }
}
