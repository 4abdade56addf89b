using Marcotte.Core;
using Marcotte.Vfs.Host.Linux;

namespace Marcotte.Vfs.Host;

/// <summary>A directory of the host, to be mounted in boxes. It is looked up by its path once, when the layer is built.</summary>
internal sealed class HostDirectorySource : FileSystemSource
{
    private readonly Lock _lock = new();
    private readonly string _mountPoint;
    private readonly string _directory;
    private readonly bool _isReadOnly;
    private readonly HostDriver _driver;
    private LinuxRoot? _root;
    private bool _isDisposed;

    /// <summary>Names a directory; nothing is looked at yet.</summary>
    /// <param name="mountPoint">Where it is mounted, for messages.</param>
    /// <param name="directory">Its absolute path on the host.</param>
    /// <param name="isReadOnly">Whether nothing in it can be changed.</param>
    /// <param name="driver">How it is reached.</param>
    internal HostDirectorySource(string mountPoint, string directory, bool isReadOnly, HostDriver driver = HostDriver.Automatic)
    {
        _mountPoint = mountPoint;
        _directory = directory;
        _isReadOnly = isReadOnly;
        _driver = driver;
    }

    private bool IsLinux => LibC.IsSupported && _driver != HostDriver.Portable;

    /// <inheritdoc/>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="UnauthorizedAccessException">The host process may not enter it.</exception>
    public override void Validate()
    {
        if (IsLinux)
        {
            OpenRoot();
        }
        else
        {
            Check(PortableHostFileSystem.Probe(_directory));
        }
    }

    public override void Validate(MountOptions options)
    {
        Refuse(
            options.MaxBytes is not null,
            nameof(MountOptions.MaxBytes),
            "its bytes come and go past the box as well; leave it out, and bound the directory by a quota of the host's file system");
        Validate();
    }

    public override FileSystem Open(Kernel kernel) => Open(kernel, MountOptions.Default);

    public override FileSystem Open(Kernel kernel, MountOptions options)
    {
        bool isReadOnly = _isReadOnly || options.ReadOnly;
        if (!IsLinux)
        {
            Check(PortableHostFileSystem.Probe(_directory));
            return new PortableHostFileSystem(_directory, isReadOnly, kernel, options.Identities);
        }

        return new LinuxHostFileSystem(OpenRoot(), isReadOnly, kernel.Limits, options.Identities);
    }

    protected override void Dispose(bool disposing)
    {
        lock (_lock)
        {
            _isDisposed = true;
            _root?.Release();
            _root = null;
        }

        base.Dispose(disposing);
    }

    private LinuxRoot OpenRoot()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_root is null)
            {
                Check(LinuxRoot.Open(_directory, new StrictOpener(_driver != HostDriver.LinuxWithoutOpenAt2), out _root));
            }

            return _root!;
        }
    }

    private void Check(Errno errno)
    {
        if (errno == Errno.Success)
        {
            return;
        }

        string directory = $"Host directory '{_directory}' (mounted at '{_mountPoint}')";
        throw errno switch
        {
            Errno.NoEnt => new DirectoryNotFoundException($"{directory} does not exist; create it or correct the path."),
            Errno.NotDir => new DirectoryNotFoundException($"{directory} is not a directory; name the directory to mount."),
            Errno.Access => new UnauthorizedAccessException($"{directory} may not be opened by this process; give it permission or correct the path."),
            _ => new IOException($"{directory} cannot be opened ({errno.ToName()}); correct the path."),
        };
    }
}
