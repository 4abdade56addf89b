using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <summary>
/// A directory of a Linux host as a file system. Everything is reached by a directory's handle and one name, and no link
/// is followed by the host's kernel: so what is renamed or replaced meanwhile cannot lead outside, at any moment.
/// </summary>
/// <remarks>
/// Permissions are the host's, for the user that the host process runs as, on top of those the box checks. What is made
/// gets the guest's mode (already without its umask), less the host process's umask, and never a set-id bit. Only
/// directories and regular files can be opened: a FIFO, a socket or a device is listed and described, and opening one
/// answers <see cref="Errno.NxIO"/>, for it would reach something of the host that is not in the directory.
/// </remarks>
internal sealed class LinuxHostFileSystem : FileSystem
{
    /// <summary>Host descriptors for directories on the way to what is open, beyond two for each of the guest's own.</summary>
    private const int SpareHandles = 1024;

    private readonly Quota _handles;
    private readonly LinuxRoot _source;
    private readonly LinuxDirectory _root;
    private int _isDisposed;

    internal LinuxHostFileSystem(LinuxRoot source, bool isReadOnly, Limits limits, IdentityMap? identities = null)
    {
        Owners = identities ?? source.Owners;
        GivesOwners = identities is { Owner: null };
        _handles = new Quota((2L * limits.Descriptors) + SpareHandles);
        _source = source.Acquire();
        IsReadOnly = isReadOnly;
        _root = new LinuxDirectory(this, source.Handle, source.Identity);
    }

    public override Inode Root => _root;

    public override bool IsReadOnly { get; }

    /// <summary>The device of the mounted directory.</summary>
    internal ulong Home => _source.Identity.Device;

    /// <summary>Who the host's users are in the box.</summary>
    internal IdentityMap Owners { get; }

    /// <summary>Whether what is made is given to the guest's user; otherwise it belongs to the host process's.</summary>
    internal bool GivesOwners { get; }

    /// <summary>What was looked up lately.</summary>
    internal InodeCache Cache { get; } = new();

    public override Errno Stat(out FileSystemStat stat) => _root.DescribeFileSystem(out stat);

    /// <summary>Opens a name, and charges the descriptor to the box: a guest cannot use up the host process's own.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="name">The name, checked by <see cref="NativeName"/>, or a single dot.</param>
    /// <param name="flags">O_ flags.</param>
    /// <param name="mode">Permission bits of a file that is created.</param>
    /// <param name="handle">The handle.</param>
    /// <returns>The outcome; <see cref="Errno.NFile"/> when the box has as many as it may.</returns>
    internal unsafe Errno Open(int directory, byte* name, int flags, uint mode, out LinuxHandle? handle)
    {
        handle = null;
        if (!_handles.TryCharge(1))
        {
            return Errno.NFile;
        }

        Errno errno = _source.Opener.Open(directory, name, flags, mode, out int descriptor);
        if (errno != Errno.Success)
        {
            _handles.Refund(1);
            return errno;
        }

        handle = new LinuxHandle(descriptor, _handles);
        return Errno.Success;
    }

    /// <summary>Opens what is above a directory, to be named only. Whether it is of this tree is the caller's to find out.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="handle">The handle.</param>
    /// <param name="identity">Which directory it is.</param>
    /// <returns>The outcome; <see cref="Errno.NFile"/> when the box has as many descriptors as it may.</returns>
    internal unsafe Errno OpenAbove(int directory, out LinuxHandle? handle, out HostIdentity identity)
    {
        handle = null;
        identity = default;
        if (!_handles.TryCharge(1))
        {
            return Errno.NFile;
        }

        byte* up = stackalloc byte[] { (byte)'.', (byte)'.', 0 };
        int descriptor = LibC.OpenAt(directory, up, LibC.OpenPath | LibC.OpenDirectory | LibC.OpenNoFollow | LibC.OpenCloseOnExec, 0);
        if (descriptor < 0)
        {
            _handles.Refund(1);
            return LibC.LastError();
        }

        handle = new LinuxHandle(descriptor, _handles);
        Errno errno = LinuxAttributes.Examine(descriptor, out StatBuffer stat);
        identity = stat.Identity;
        return errno;
    }

    /// <summary>Success when something may be changed.</summary>
    internal Errno CheckWritable() => IsReadOnly ? Errno.RoFs : Errno.Success;

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        Cache.Close();
        _source.Release();
        base.Dispose(disposing);
    }
}
