using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>The terminal among the standard streams: <c>tty_get</c> and <c>tty_set</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Terminals
{
    private const uint EchoBit = 8;
    private const uint CanonicalBit = 2;
    private const uint LineFeedBit = 4;

    /// <summary>tty_get: how the terminal is set.</summary>
    /// <returns><see cref="Errno.NoTty"/> when none of the standard streams is one.</returns>
    [HostImport(WasixModules.Core, "tty_get")]
    internal static Errno TtyGet(GuestThread thread, GuestMemory memory, GuestOut<Tty> state)
    {
        if (Find(thread.Process) is not { } terminal)
        {
            return Errno.NoTty;
        }

        TerminalSettings settings = terminal.Settings;
        WindowSize window = terminal.Window;
        Tty tty = new()
        {
            Columns = window.Columns,
            Rows = window.Rows,
            Width = window.Width,
            Height = window.Height,
            InputIsTerminal = IsTerminal(thread.Process, 0),
            OutputIsTerminal = IsTerminal(thread.Process, 1),
            ErrorIsTerminal = IsTerminal(thread.Process, 2),
            Echo = Flag(settings.Local & EchoBit),
            LineBuffered = Flag(settings.Local & CanonicalBit),
            LineFeeds = Flag(settings.Output & LineFeedBit),
        };
        return memory.TryWrite(state, tty) ? Errno.Success : Errno.Fault;
    }

    /// <summary>tty_set: sets the terminal, and its window.</summary>
    /// <returns><see cref="Errno.NoTty"/>; <see cref="Errno.IO"/> and <see cref="Errno.Intr"/> in the background.</returns>
    [HostImport(WasixModules.Core, "tty_set", Support = SupportLevel.Partial, Note = "WASIX passes echo, line buffering, line feeds and the window alone.")]
    internal static Errno TtySet(GuestThread thread, GuestMemory memory, GuestPtr<Tty> state)
    {
        if (!memory.TryRead(state, out Tty tty))
        {
            return Errno.Fault;
        }

        if (Find(thread.Process) is not { } terminal)
        {
            return Errno.NoTty;
        }

        Errno errno = terminal.AttendChange(thread);
        if (errno != Errno.Success)
        {
            return errno;
        }

        TerminalSettings settings = terminal.Settings;
        errno = terminal.SetSettings(
            thread.Process,
            settings with
            {
                Local = With(With(settings.Local, EchoBit, tty.Echo), CanonicalBit, tty.LineBuffered),
                Output = With(settings.Output, LineFeedBit, tty.LineFeeds),
            },
            flush: false);
        if (errno == Errno.Success && (tty.Rows | tty.Columns) != 0)
        {
            terminal.SetWindow(new WindowSize((ushort)tty.Rows, (ushort)tty.Columns, (ushort)tty.Width, (ushort)tty.Height));
            thread.SeeToSignals();
        }

        return errno;
    }

    private static Terminal? Find(Process process)
    {
        for (int fd = 0; fd <= 2; fd++)
        {
            if (process.Descriptors.TryGet(fd, out Descriptor? descriptor) && descriptor.File.Operations.Terminal is { } terminal)
            {
                return terminal;
            }
        }

        return null;
    }

    private static byte IsTerminal(Process process, int fd) =>
        process.Descriptors.TryGet(fd, out Descriptor? descriptor) && descriptor.File.Operations.IsTerminal ? (byte)1 : (byte)0;

    private static byte Flag(uint bit) => bit != 0 ? (byte)1 : (byte)0;

    private static uint With(uint flags, uint bit, byte set) => set != 0 ? flags | bit : flags & ~bit;
}
