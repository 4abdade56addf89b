using System.IO.Abstractions;
using System.Runtime.InteropServices;
using Marcotte.Core;
using Marcotte.Vfs.Abstractions;
using BclFileSystem = System.IO.Abstractions.FileSystem;

namespace Marcotte.Vfs.Host;

/// <summary>
/// A directory of the host as a file system, by means that every operating system has: paths, with each component
/// checked before every operation, and the opened file's again after.
/// </summary>
/// <remarks>
/// <para>
/// Paths cannot be made safe against a race: whoever swaps a directory for a link between the check and the use, and back
/// before the check after, leads that operation outside. Guests cannot, not two boxes together either: they make no link
/// here and move none that is there (EPERM). So it takes a program of the host's that changes the directory meanwhile.
/// </para>
/// <para>A link, a reparse point, a FIFO, a socket or a device is seen and never opened.</para>
/// </remarks>
internal sealed partial class PortableHostFileSystem : AbstractedFileSystem
{
    private const int StatusBytes = 256;
    private const int StatusModeOffset = 4;
    private const int TypeMask = 0xF000;
    private const uint BlockBytes = 4096;
    private const uint NameLimit = 255;

    private static readonly BclFileSystem Host = new();

    internal PortableHostFileSystem(string directory, bool isReadOnly, Kernel kernel, IdentityMap? identities = null)
        : base(Host, directory, isReadOnly, kernel, identities)
    {
    }

    public override Errno Stat(out FileSystemStat stat)
    {
        stat = default;
        try
        {
            IDriveInfo drive = Host.DriveInfo.New(RootPath);
            stat.BlockSize = BlockBytes;
            stat.Blocks = (ulong)drive.TotalSize / BlockBytes;
            stat.FreeBlocks = (ulong)drive.AvailableFreeSpace / BlockBytes;
        }
        catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out _))
        {
            // A share without a drive letter, say: then nothing is known of it.
            stat = default;
        }

        stat.NameBytes = NameLimit;
        return Errno.Success;
    }

    internal override bool AllowsLinks => false;

    internal override bool StreamsFollowFiles => true;

    internal override long SizeLimit => long.MaxValue;

    /// <summary>Whether a directory can be mounted.</summary>
    internal static Errno Probe(string directory) =>
        Host.Directory.Exists(directory) ? Errno.Success : Host.File.Exists(directory) ? Errno.NotDir : Errno.NoEnt;

    /// <inheritdoc/>
    /// <remarks>The BCL does not tell a FIFO from a file, and opening one would wait for its other end.</remarks>
    internal override FileType? KindLocked(string path)
    {
        FileType? kind = base.KindLocked(path);
        return kind == FileType.Regular && !OperatingSystem.IsWindows() ? RefineOnUnix(path) : kind;
    }

    internal override FileSystemStream OpenStreamLocked(string path, FileMode mode, FileAccess access, ushort permissions)
    {
        FileStreamOptions options = new()
        {
            Mode = mode,
            Access = access,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = (UnixFileMode)(permissions & 0x1FF);
        }

        return Host.FileStream.New(path, options);
    }

    internal override void MakeDirectoryLocked(string path, ushort permissions)
    {
        if (OperatingSystem.IsWindows())
        {
            base.MakeDirectoryLocked(path, permissions);
        }
        else
        {
            Host.Directory.CreateDirectory(path, (UnixFileMode)(permissions & 0x1FF));
        }
    }

    private static unsafe FileType? RefineOnUnix(string path)
    {
        byte* status = stackalloc byte[StatusBytes];
        if (LinkStatus(path, status) < 0)
        {
            return null;
        }

        return (*(int*)(status + StatusModeOffset) & TypeMask) switch
        {
            0x8000 => FileType.Regular,
            0x1000 => FileType.Fifo,
            0x2000 => FileType.CharacterDevice,
            0x4000 => FileType.Directory,
            0x6000 => FileType.BlockDevice,
            0xA000 => FileType.SymbolicLink,
            0xC000 => FileType.StreamSocket,
            _ => FileType.Unknown,
        };
    }

    /// <summary>
    /// lstat by the runtime's own shim, whose layout does not depend on the system: flags, then the mode.
    /// </summary>
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_LStat", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int LinkStatus(string path, byte* status);
}
