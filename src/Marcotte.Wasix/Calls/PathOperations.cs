using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>0x04: names in the tree of files; what files are is in <see cref="AttributeOperations"/>.</summary>
internal static class PathOperations
{
    private const uint TypeBits = 0xF000;
    private const uint Fifo = 0x1000;
    private const uint Regular = 0x8000;
    private const ulong PersonMajor = 128;
    private const uint NoReplace = 1;
    private const uint Exchange = 2;

    internal static readonly Operation?[] All =
    [
        null, Open, AttributeOperations.Stat, AttributeOperations.SetMode, AttributeOperations.SetOwner, MakeNode, AttributeOperations.Access,
        AttributeOperations.Truncate, MakeDirectory, Unlink, Rename, Link, SymbolicLink, ReadLink, AttributeOperations.SetTimes,
        AttributeOperations.StatFileSystem, ChangeRoot, ChangeDirectory, ChangeToOpen, WorkingDirectory, Sync,
    ];

    private static Errno Open(ref Call call)
    {
        int directory = call.Request.Int();
        uint flags = call.Request.UInt();
        uint mode = call.Request.UInt();
        ReadOnlySpan<byte> path = call.Request.Text();
        Errno errno = OpenBits.ToRequest(flags, mode, out OpenRequest request);
        if (!call.Request.IsComplete || errno != Errno.Success)
        {
            return errno != Errno.Success ? errno : Errno.Inval;
        }

        if (!call.Reply.Fits(4))
        {
            return Errno.Range;
        }

        errno = CallPath.Find(call.Process, directory, path, (flags & OpenBits.NoFollow) == 0, out PathReference reference);
        if (errno != Errno.Success)
        {
            return errno;
        }

        // Whether there is a number left is asked first, so that a file is neither made nor cut in vain.
        if (!call.Process.Descriptors.HasRoom())
        {
            return Errno.MFile;
        }

        errno = call.Kernel.Files.Open(reference, request, out OpenFile? file);
        if (errno == Errno.Success)
        {
            errno = WasiFiles.Completed(call.Thread, file!);
        }

        if (errno != Errno.Success)
        {
            return errno;
        }

        if ((flags & (OpenBits.NoControl | OpenBits.NameOnly)) == 0 && file!.Operations.Terminal is { } terminal && IsProgramsEnd(file))
        {
            // It comes to control the session of a leader that has none, and stays what it is to all others.
            _ = terminal.Control(call.Process);
        }

        errno = NewDescriptors.Install(call.Process, file!, (flags & OpenBits.CloseOnExec) != 0, out int number);
        call.Reply.Int(number);
        return errno;
    }

    /// <summary>The end that a person has controls nobody (pty(7)).</summary>
    private static bool IsProgramsEnd(OpenFile file) =>
        file.Operations.Stat(file, out FileStat stat) == Errno.Success && stat.Represents >> 8 != PersonMajor;

    private static Errno MakeNode(ref Call call)
    {
        int directory = call.Request.Int();
        uint mode = call.Request.UInt();
        call.Request.ULong();
        ReadOnlySpan<byte> path = call.Request.Text();
        if (!call.Request.IsComplete)
        {
            return Errno.Inval;
        }

        Errno errno = CallPath.Find(call.Process, directory, path, follow: false, out PathReference reference);
        if (errno != Errno.Success)
        {
            return errno;
        }

        switch (mode & TypeBits)
        {
            case Fifo:
                return call.Kernel.Anonymous.Fifo(call.Kernel) is { } fifo ? call.Kernel.Files.MakeNode(reference, fifo, (ushort)(mode & 0xFFF)) : Errno.NoSys;
            case Regular or 0:
                errno = call.Kernel.Files.Open(reference, new OpenRequest(OpenFlags.Create | OpenFlags.Exclusive, AccessModes.Read, Mode: (ushort)(mode & 0xFFF)), out OpenFile? made);
                made?.Release();
                return errno;
            default:
                // Devices are the host's to give, and a socket gets its name by bind.
                return (mode & TypeBits) is 0x2000 or 0x6000 or 0xC000 ? Errno.Perm : Errno.Inval;
        }
    }

    private static Errno MakeDirectory(ref Call call)
    {
        int directory = call.Request.Int();
        uint mode = call.Request.UInt();
        ReadOnlySpan<byte> path = call.Request.Text();
        PathReference reference = default;
        Errno errno = call.Request.IsComplete ? CallPath.Find(call.Process, directory, path, follow: false, out reference) : Errno.Inval;
        return errno != Errno.Success ? errno : call.Kernel.Files.MakeDirectory(reference, (ushort)(mode & 0xFFF));
    }

    private static Errno Unlink(ref Call call)
    {
        int directory = call.Request.Int();
        uint flags = call.Request.UInt();
        ReadOnlySpan<byte> path = call.Request.Text();
        PathReference reference = default;
        Errno errno = call.Request.IsComplete && (flags & ~CallPath.RemoveDirectory) == 0
            ? CallPath.Find(call.Process, directory, path, follow: false, out reference)
            : Errno.Inval;
        if (errno != Errno.Success)
        {
            return errno;
        }

        return flags != 0 ? call.Kernel.Files.RemoveDirectory(reference) : call.Kernel.Files.Unlink(reference);
    }

    private static Errno Rename(ref Call call)
    {
        Errno errno = ReadTwo(ref call, NoReplace | Exchange, follows: false, out PathReference source, out PathReference target, out uint flags);
        if (errno != Errno.Success)
        {
            return errno;
        }

        return flags switch
        {
            0 => call.Kernel.Files.Rename(source, target),
            NoReplace => call.Kernel.Files.Rename(source, target, RenameMode.NoReplace),
            Exchange => call.Kernel.Files.Rename(source, target, RenameMode.Exchange),
            _ => Errno.Inval,
        };
    }

    private static Errno Link(ref Call call)
    {
        Errno errno = ReadTwo(ref call, CallPath.Follow | CallPath.EmptyPath, follows: true, out PathReference source, out PathReference target, out _);
        return errno != Errno.Success ? errno : call.Kernel.Files.Link(source, target);
    }

    private static Errno ReadTwo(ref Call call, uint known, bool follows, out PathReference source, out PathReference target, out uint flags)
    {
        int oldDirectory = call.Request.Int();
        ReadOnlySpan<byte> oldPath = call.Request.Text();
        int newDirectory = call.Request.Int();
        ReadOnlySpan<byte> newPath = call.Request.Text();
        flags = call.Request.UInt();
        source = target = default;
        if (!call.Request.IsComplete || (flags & ~known) != 0)
        {
            return Errno.Inval;
        }

        Errno errno = CallPath.Find(call.Process, oldDirectory, oldPath, follows && (flags & CallPath.Follow) != 0, out source);
        return errno != Errno.Success ? errno : CallPath.Find(call.Process, newDirectory, newPath, follow: false, out target);
    }

    private static Errno SymbolicLink(ref Call call)
    {
        ReadOnlySpan<byte> content = call.Request.Text();
        int directory = call.Request.Int();
        ReadOnlySpan<byte> path = call.Request.Text();
        PathReference reference = default;
        Errno errno = call.Request.IsComplete ? CallPath.Find(call.Process, directory, path, follow: false, out reference) : Errno.Inval;
        if (errno != Errno.Success)
        {
            return errno;
        }

        return content.IsEmpty ? Errno.NoEnt
            : content.Contains((byte)0) ? Errno.Inval
            : call.Kernel.Files.SymbolicLink(content, reference);
    }

    private static Errno ReadLink(ref Call call)
    {
        int directory = call.Request.Int();
        ReadOnlySpan<byte> path = call.Request.Text();
        PathReference reference = default;
        Errno errno = call.Request.IsComplete ? CallPath.Find(call.Process, directory, path, follow: false, out reference) : Errno.Inval;
        if (errno != Errno.Success)
        {
            return errno;
        }

        int room = (int)Math.Min(call.Reply.Room, (uint)call.Kernel.Limits.PathBytes);
        if (room == 0)
        {
            return Errno.Inval;
        }

        call.Reply.Cut();
        errno = call.Kernel.Files.ReadLink(reference, call.Reply.Take(room), out int count);
        call.Reply.GiveBack(room - count);
        return errno;
    }

    private static Errno ChangeRoot(ref Call call)
    {
        ReadOnlySpan<byte> path = call.Request.Text();
        return call.Request.IsComplete ? call.Kernel.Files.ChangeRoot(new PathReference(call.Process, null, path, PathFlags.Follow)) : Errno.Inval;
    }

    private static Errno ChangeDirectory(ref Call call)
    {
        ReadOnlySpan<byte> path = call.Request.Text();
        return call.Request.IsComplete ? call.Kernel.Files.ChangeDirectory(new PathReference(call.Process, null, path, PathFlags.Follow)) : Errno.Inval;
    }

    private static Errno ChangeToOpen(ref Call call)
    {
        int fd = call.Request.Int();
        OpenFile? directory = null;
        Errno errno = call.Request.IsComplete ? CallPath.Get(call.Process, fd, out directory) : Errno.Inval;
        return errno != Errno.Success ? errno : call.Kernel.Files.ChangeDirectory(new PathReference(call.Process, directory, "."u8, PathFlags.Follow));
    }

    private static Errno WorkingDirectory(ref Call call)
    {
        if (!call.Request.IsComplete)
        {
            return Errno.Inval;
        }

        int room = (int)Math.Min(call.Reply.Room, (uint)call.Kernel.Limits.PathBytes);
        Errno errno = call.Kernel.Files.WorkingDirectory(call.Process, call.Reply.Take(room), out int count);
        call.Reply.GiveBack(room - count);
        return errno;
    }

    /// <summary>What is written is on its medium when the box is told so by fsync; there is nothing more to bring anywhere.</summary>
    private static Errno Sync(ref Call call) => call.Request.IsComplete ? Errno.Success : Errno.Inval;
}
