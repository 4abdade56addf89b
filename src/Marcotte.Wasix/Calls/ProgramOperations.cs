using System.Globalization;
using System.Text;
using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>0x0207 and 0x0208: running other programs.</summary>
internal static class ProgramOperations
{
    private const int WorkingDirectory = -100;
    private const uint NoFollow = 0x100;
    private const uint EmptyPath = 0x1000;
    private const uint ResetIds = 1;
    private const uint SetGroup = 2;
    private const uint SetDefaults = 4;
    private const uint SetMask = 8;
    private const uint NewSession = 0x80;

    /// <summary>From 7 on.</summary>
    internal static readonly Operation?[] All = [Execute, Spawn];

    private static Errno Execute(ref Call call)
    {
        int directory = call.Request.Int();
        ReadOnlySpan<byte> path = call.Request.Text();
        ByteStrings arguments = call.Request.List();
        ByteStrings variables = call.Request.List();
        uint flags = call.Request.UInt();
        if (!call.Request.IsComplete || (flags & ~(NoFollow | EmptyPath)) != 0)
        {
            return Errno.Inval;
        }

        Errno errno = Locate(call.Process, directory, path, flags, out byte[] located);
        if (errno == Errno.Success && (flags & NoFollow) != 0)
        {
            errno = call.Kernel.Files.Stat(new PathReference(call.Process, null, located, PathFlags.None), out FileStat stat);
            errno = errno == Errno.Success && stat.Type == FileType.SymbolicLink ? Errno.Loop : errno;
        }

        return errno != Errno.Success
            ? errno
            : call.Kernel.Processes.Execute(call.Thread, new ExecRequest { Path = located, Arguments = arguments, Variables = variables });
    }

    /// <summary>As on Linux, what is named by a descriptor is run by its name in /dev/fd.</summary>
    private static Errno Locate(Process process, int directory, ReadOnlySpan<byte> path, uint flags, out byte[] located)
    {
        located = path.ToArray();
        if (path.IsEmpty && (flags & EmptyPath) == 0)
        {
            return Errno.NoEnt;
        }

        if (directory == WorkingDirectory || path.StartsWith("/"u8))
        {
            return path.IsEmpty ? Errno.Access : Errno.Success;
        }

        if (!process.Descriptors.TryGet(directory, out _))
        {
            return Errno.BadF;
        }

        string prefix = string.Create(CultureInfo.InvariantCulture, $"/dev/fd/{directory}{(path.IsEmpty ? string.Empty : "/")}");
        located = [.. Encoding.ASCII.GetBytes(prefix), .. path];
        return Errno.Success;
    }

    private static Errno Spawn(ref Call call)
    {
        byte[] path = call.Request.Text().ToArray();
        byte[] search = call.Request.Text().ToArray();
        ByteStrings arguments = call.Request.List();
        ByteStrings variables = call.Request.List();
        uint flags = call.Request.UInt();
        int group = call.Request.Int();
        SignalSet mask = call.Request.Set();
        SignalSet defaults = call.Request.Set();
        Errno errno = ReadActions(ref call, out List<SpawnAction> actions);
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (!call.Request.IsComplete || (flags & ~(ResetIds | SetGroup | SetDefaults | SetMask | NewSession)) != 0 || group < 0)
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(4))
        {
            return Errno.Range;
        }

        SpawnRequest request = new()
        {
            Program = new ExecRequest { Path = path, SearchPath = search.Length > 0 ? search : null, Arguments = arguments, Variables = variables },
            Actions = actions,
            Group = (flags & SetGroup) != 0 ? group : null,
            NewSession = (flags & NewSession) != 0,
            Mask = (flags & SetMask) != 0 ? mask & SignalSet.Blockable : null,
            Defaults = (flags & SetDefaults) != 0 ? defaults : SignalSet.Empty,
            ResetIds = (flags & ResetIds) != 0,
        };
        errno = call.Kernel.Processes.Spawn(call.Thread, request, out int id);
        call.Reply.Int(id);
        return errno;
    }

    private static Errno ReadActions(ref Call call, out List<SpawnAction> actions)
    {
        actions = [];
        uint count = call.Request.UInt();
        if (count > (uint)call.Kernel.Limits.Vectors)
        {
            return Errno.TooBig;
        }

        for (uint i = 0; i < count; i++)
        {
            uint kind = call.Request.UInt();
            int fd = call.Request.Int();
            int other = call.Request.Int();
            uint flags = call.Request.UInt();
            uint mode = call.Request.UInt();
            byte[] path = call.Request.Text().ToArray();
            OpenRequest request = default;
            Errno errno = kind == 2 ? OpenBits.ToRequest(flags, mode, out request) : Errno.Success;
            if (errno != Errno.Success || kind > 5)
            {
                return kind > 5 ? Errno.Inval : errno;
            }

            actions.Add(kind switch
            {
                0 => new CloseAction(fd),
                1 => new DuplicateAction(other, fd),
                2 => new OpenAction(fd, path, request),
                3 => new DirectoryAction(path),
                4 => new OpenDirectoryAction(fd),
                _ => new ForegroundAction(fd),
            });
        }

        return Errno.Success;
    }
}
