using System.Globalization;
using Marcotte.Core;
using Marcotte.Vfs.Abstractions;
using Marcotte.Vfs.Archives;
using Marcotte.Vfs.Devices;
using Marcotte.Vfs.Memory;
using Marcotte.Vfs.Overlay;

namespace Marcotte.Vfs.Proc;

/// <summary>What is mounted, as a process sees it, in the form of fstab(5).</summary>
internal static class MountTexts
{
    public static byte[] Of(Process? process)
    {
        if (process?.Kernel.Files is not Namespace files || process.Slots.Get(ProcessDirectories.Slot) is not { } directories)
        {
            return [];
        }

        ProcText text = new();
        foreach (Mount mount in directories.Mounts.Mounts)
        {
            // A part under a rule is no mount to those who look, and what lies outside of the process's root is not seen.
            if (mount.IsPart || files.PathWithin(process, new Location(mount, mount.Root)) is not { } path)
            {
                continue;
            }

            string type = TypeOf(mount.FileSystem);
            text.Add($"{type} ").AddEscaped(path, " \t\n\\"u8).Add($" {type} {Options(mount.Flags)} 0 0\n");
        }

        return text.ToArray();
    }

    private static string Options(MountFlags flags) => string.Create(
        CultureInfo.InvariantCulture,
        $"{((flags & MountFlags.ReadOnly) != 0 ? "ro" : "rw")}{((flags & MountFlags.NoSetId) != 0 ? ",nosuid" : "")}{((flags & MountFlags.NoExecute) != 0 ? ",noexec" : "")},relatime");

    private static string TypeOf(FileSystem fileSystem) => fileSystem switch
    {
        MemoryFileSystem => "tmpfs",
        OverlayFileSystem => "overlay",
        DeviceFileSystem => "devtmpfs",
        ProcFileSystem => "proc",
        ArchiveFileSystem => "archive",
        AbstractedFileSystem => "files",
        _ => "host",
    };
}
