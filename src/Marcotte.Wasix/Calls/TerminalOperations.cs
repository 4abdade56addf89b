using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>0x06: terminals.</summary>
internal static class TerminalOperations
{
    private const int Characters = 19;

    internal static readonly Operation?[] All =
    [
        null, GetSettings, SetSettings, GetWindow, SetWindow, GetGroup, SetGroup, GetSession, Control, Flush, OpenMaster, Number, Name,
    ];

    private static Errno GetSettings(ref Call call)
    {
        Errno errno = FindAlone(ref call, out Terminal? terminal);
        if (errno != Errno.Success)
        {
            return errno;
        }

        TerminalSettings settings = terminal!.Settings;
        uint speed = TerminalSpeed.Of(settings.Control);
        call.Reply.UInt(settings.Input);
        call.Reply.UInt(settings.Output);
        call.Reply.UInt(settings.Control);
        call.Reply.UInt(settings.Local);
        call.Reply.Take(1).Clear();
        ControlCharacters characters = settings.Characters;
        ((ReadOnlySpan<byte>)characters).CopyTo(call.Reply.Take(Characters));
        call.Reply.UInt(speed);
        call.Reply.UInt(speed);
        return Errno.Success;
    }

    private static Errno SetSettings(ref Call call)
    {
        int fd = call.Request.Int();
        uint when = call.Request.UInt();
        uint input = call.Request.UInt();
        uint output = call.Request.UInt();
        uint control = call.Request.UInt();
        uint local = call.Request.UInt();
        call.Request.Bytes(1);
        ControlCharacters characters = default;
        call.Request.Bytes(Characters).CopyTo(characters);
        call.Request.UInt();
        uint speed = call.Request.UInt();
        Terminal? terminal = null;
        Errno errno = call.Request.IsComplete && when <= 2 ? Find(call.Process, fd, out terminal) : Errno.Inval;
        errno = errno == Errno.Success ? terminal!.AttendChange(call.Thread) : errno;
        return errno != Errno.Success
            ? errno
            : terminal!.SetSettings(call.Process, new TerminalSettings(input, output, TerminalSpeed.With(control, speed), local, characters), flush: when == 2);
    }

    private static Errno GetWindow(ref Call call)
    {
        Errno errno = FindAlone(ref call, out Terminal? terminal);
        if (errno == Errno.Success)
        {
            WindowSize window = terminal!.Window;
            call.Reply.UShort(window.Rows);
            call.Reply.UShort(window.Columns);
            call.Reply.UShort(window.Width);
            call.Reply.UShort(window.Height);
        }

        return errno;
    }

    private static Errno SetWindow(ref Call call)
    {
        int fd = call.Request.Int();
        WindowSize size = new(call.Request.UShort(), call.Request.UShort(), call.Request.UShort(), call.Request.UShort());
        Terminal? terminal = null;
        Errno errno = call.Request.IsComplete ? Find(call.Process, fd, out terminal) : Errno.Inval;
        if (errno == Errno.Success)
        {
            terminal!.SetWindow(size);
            call.Thread.SeeToSignals();
        }

        return errno;
    }

    private static Errno GetGroup(ref Call call)
    {
        Errno errno = FindAlone(ref call, out Terminal? terminal);
        call.Reply.Int(terminal?.ForegroundGroup ?? 0);
        return errno;
    }

    private static Errno SetGroup(ref Call call)
    {
        int fd = call.Request.Int();
        int group = call.Request.Int();
        Terminal? terminal = null;
        Errno errno = call.Request.IsComplete ? Find(call.Process, fd, out terminal) : Errno.Inval;
        errno = errno == Errno.Success ? terminal!.AttendChange(call.Thread) : errno;
        return errno != Errno.Success ? errno
            : group < 0 ? Errno.Inval
            : terminal!.SetForegroundGroup(call.Process, group);
    }

    private static Errno GetSession(ref Call call)
    {
        Errno errno = FindAlone(ref call, out Terminal? terminal);
        call.Reply.Int(terminal?.Session ?? 0);
        return errno == Errno.Success && terminal!.Session == 0 ? Errno.NoTty : errno;
    }

    private static Errno Control(ref Call call)
    {
        int fd = call.Request.Int();
        uint set = call.Request.UInt();
        Terminal? terminal = null;
        Errno errno = call.Request.IsComplete && set <= 1 ? Find(call.Process, fd, out terminal) : Errno.Inval;
        return errno != Errno.Success ? errno
            : set != 0 ? terminal!.Control(call.Process)
            : terminal!.GiveUp(call.Process);
    }

    private static Errno Flush(ref Call call)
    {
        int fd = call.Request.Int();
        uint kind = call.Request.UInt();
        Terminal? terminal = null;
        Errno errno = call.Request.IsComplete && kind <= 8 ? Find(call.Process, fd, out terminal) : Errno.Inval;
        errno = errno == Errno.Success ? terminal!.AttendChange(call.Thread) : errno;
        if (errno != Errno.Success || kind is 3 or 4)
        {
            // On a line without wires a break is nothing, and what was written has left.
            return errno;
        }

        if (kind > 4)
        {
            return terminal!.Flow((FlowAction)(kind - 5));
        }

        terminal!.Flush(input: kind != 1, output: kind != 0);
        return Errno.Success;
    }

    private static Errno OpenMaster(ref Call call)
    {
        uint flags = call.Request.UInt();
        Errno errno = call.Request.IsComplete && (flags & OpenBits.AccessMode) == OpenBits.ReadWrite && OpenBits.AreOfFile(flags, OpenBits.ReadWrite | OpenBits.NoControl)
            ? Errno.Success
            : Errno.Inval;
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (!call.Reply.Fits(4))
        {
            return Errno.Range;
        }

        OpenRequest request = new(OpenFlags.None, AccessModes.ReadWrite, OpenBits.ToStatus(flags));
        errno = call.Kernel.Files.Open(new PathReference(call.Process, null, "/dev/ptmx"u8, PathFlags.Follow), request, out OpenFile? file);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = NewDescriptors.Install(call.Process, file!, (flags & OpenBits.CloseOnExec) != 0, out int number);
        call.Reply.Int(number);
        return errno;
    }

    private static Errno Number(ref Call call)
    {
        Errno errno = FindAlone(ref call, out Terminal? terminal);
        int number = terminal?.Number ?? -1;
        call.Reply.Int(number);
        return errno == Errno.Success && number < 0 ? Errno.NoTty : errno;
    }

    private static Errno Name(ref Call call)
    {
        Errno errno = FindAlone(ref call, out Terminal? terminal);
        if (errno != Errno.Success)
        {
            return errno;
        }

        ReadOnlySpan<byte> path = terminal!.Path.Span;
        path.CopyTo(call.Reply.Take(path.Length));
        return path.IsEmpty ? Errno.NoDev : Errno.Success;
    }

    /// <summary>The terminal of an operation that takes nothing else.</summary>
    private static Errno FindAlone(ref Call call, out Terminal? terminal)
    {
        int fd = call.Request.Int();
        terminal = null;
        return call.Request.IsComplete ? Find(call.Process, fd, out terminal) : Errno.Inval;
    }

    private static Errno Find(Process process, int fd, out Terminal? terminal)
    {
        terminal = null;
        Errno errno = CallPath.Get(process, fd, out OpenFile file);
        if (errno != Errno.Success)
        {
            return errno;
        }

        terminal = file.Operations.Terminal;
        return terminal is null ? Errno.NoTty : Errno.Success;
    }
}
