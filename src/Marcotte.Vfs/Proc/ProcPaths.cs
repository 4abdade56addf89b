using Marcotte.Core;

namespace Marcotte.Vfs.Proc;

/// <summary>Where a process is and what it has open: as paths from the root of who looks, and as places to go to.</summary>
internal static class ProcPaths
{
    public static byte[]? OfWorking(Process viewer, Process process)
    {
        ProcessDirectories? directories = process.Slots.Get(ProcessDirectories.Slot);
        return directories is null ? null : Of(viewer, directories.EnterWorking(), directories.WorkingName.Span);
    }

    public static byte[]? OfRoot(Process viewer, Process process) =>
        process.Slots.Get(ProcessDirectories.Slot) is { } directories ? Of(viewer, directories.EnterRoot(), default) : null;

    public static byte[]? OfDescriptor(Process viewer, Process process, int number)
    {
        if (!process.Descriptors.TryGet(number, out Descriptor? descriptor) || !descriptor.File.TryAcquire())
        {
            return null;
        }

        OpenFile file = descriptor.File;
        try
        {
            return Of(viewer, file);
        }
        finally
        {
            file.Release();
        }
    }

    public static Errno EnterWorking(Process process, out Location target)
    {
        ProcessDirectories? directories = process.Slots.Get(ProcessDirectories.Slot);
        target = directories?.EnterWorking() ?? default;
        return directories is null ? Errno.NoEnt : Errno.Success;
    }

    public static Errno EnterRoot(Process process, out Location target)
    {
        ProcessDirectories? directories = process.Slots.Get(ProcessDirectories.Slot);
        target = directories?.EnterRoot() ?? default;
        return directories is null ? Errno.NoEnt : Errno.Success;
    }

    /// <summary>Goes to the file that a descriptor is of.</summary>
    /// <returns><see cref="Errno.NotSup"/> when no tree leads there any more, or ever did.</returns>
    public static Errno EnterDescriptor(Process process, int number, out Location target)
    {
        target = default;
        if (!process.Descriptors.TryGet(number, out Descriptor? descriptor) || !descriptor.File.TryAcquire())
        {
            return Errno.NoEnt;
        }

        OpenFile file = descriptor.File;
        Errno errno = file.Operations is OpenDirectory directory ? directory.Enter(out target)
            : file.Origin is OpenedAt origin ? origin.Enter(file, out target)
            : Errno.NotSup;
        file.Release();
        return errno;
    }

    private static byte[] Of(Process viewer, OpenFile file)
    {
        if (file.Operations is OpenDirectory directory && directory.Enter(out Location location) == Errno.Success)
        {
            return Of(viewer, location, default) ?? ProcText.Of($"/ (deleted)");
        }

        Errno errno = file.Operations.Stat(file, out FileStat stat);
        if (file.Origin is OpenedAt origin && Of(viewer, origin.EnterDirectory(), default) is { } above)
        {
            ProcText path = new();
            path.Add(above.AsSpan(0, above.Length == 1 ? 0 : above.Length)).Add("/"u8).Add(origin.Name);
            return errno == Errno.Success && stat.Links > 0 ? path.ToArray() : path.Add(" (deleted)"u8).ToArray();
        }

        return stat.Type switch
        {
            FileType.Fifo => ProcText.Of($"pipe:[{stat.Inode}]"),
            FileType.StreamSocket or FileType.DatagramSocket => ProcText.Of($"socket:[{stat.Inode}]"),
            FileType.CharacterDevice when file.Operations.IsTerminal => ProcText.Of($"/dev/tty"),
            _ => ProcText.Of($"anon_inode:[file]"),
        };
    }

    /// <summary>The path to a directory; a reference to that is given back.</summary>
    private static byte[]? Of(Process viewer, in Location location, ReadOnlySpan<byte> name)
    {
        byte[]? path = viewer.Kernel.Files is Namespace files ? files.PathOf(viewer, location, name) : null;
        location.Inode.Release();
        return path;
    }
}
