using System.Runtime.InteropServices;
using Marcotte.Core;

#pragma warning disable CA1416 // Made on Unix alone: Windows is refused before.

namespace Marcotte.Cli.Interactive;

/// <summary>
/// The terminal that the tool was started on, raw: it hands on each key as it is typed, shows nothing by itself and makes no signals. As it
/// was again once this is disposed, and when the tool ends in any other way that it can notice.
/// </summary>
internal sealed unsafe partial class HostTerminal : IDisposable
{
    private const int Descriptor = 0;
    private const int Now = 0;
    private const int Stop = 19;
    private const ulong GetWindow = 0x5413;

    /// <summary>More than any C library's struct termios has: it is only kept and given back.</summary>
    private const int SettingsBytes = 256;

    private readonly Lock _lock = new();
    private readonly byte[] _before = new byte[SettingsBytes];
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action<WindowSize> _resized;
    private bool _isOver;

    /// <param name="resized">Told when the window has another size.</param>
    /// <exception cref="HostMistakeException">There is no terminal, or none that the tool can handle.</exception>
    internal HostTerminal(Action<WindowSize> resized)
    {
        _resized = resized;
        Require();
        fixed (byte* settings = _before)
        {
            Check(GetSettings(Descriptor, settings));
        }

        AppDomain.CurrentDomain.ProcessExit += OnExit;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => _resized(Size())),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, _ => Restore()),
            PosixSignalRegistration.Create(PosixSignal.SIGTSTP, OnStop),
            PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => OnContinue()),
        ];
        MakeRaw();
    }

    /// <summary>Makes sure that there is a terminal to be had.</summary>
    /// <exception cref="HostMistakeException">There is none.</exception>
    internal static void Require()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new HostMistakeException("--interactive knows the terminals of Linux alone; leave it out here");
        }

        if (Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            throw new HostMistakeException("--interactive is for a person at a terminal, but standard input or output is none; leave it out for files and pipes");
        }
    }

    /// <summary>The window's size.</summary>
    internal static WindowSize Size()
    {
        Window window = default;
        return GetWindowSize(Descriptor, GetWindow, &window) == 0 && window.Rows > 0 && window.Columns > 0
            ? new WindowSize(window.Rows, window.Columns, window.Width, window.Height)
            : WindowSize.Default;
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        Restore();
    }

    /// <summary>Makes the terminal what it was, for good. Whoever is about to leave in a hurry calls it before it says why.</summary>
    internal void Restore()
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                _isOver = true;
                RestoreLocked();
            }
        }
    }

    private void OnExit(object? sender, EventArgs arguments) => Restore();

    /// <summary>A stop that came from elsewhere: whoever has the terminal meanwhile finds it as it was.</summary>
    private void OnStop(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_lock)
        {
            if (!_isOver)
            {
                RestoreLocked();
            }
        }

        _ = Kill(Environment.ProcessId, Stop);
    }

    private void OnContinue()
    {
        MakeRaw();
        _resized(Size());
    }

    private void MakeRaw()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            byte[] raw = [.. _before];
            fixed (byte* settings = raw)
            {
                MakeRaw(settings);
                Check(SetSettings(Descriptor, Now, settings));
            }
        }
    }

    private void RestoreLocked()
    {
        fixed (byte* settings = _before)
        {
            // A terminal that is gone needs nothing.
            _ = SetSettings(Descriptor, Now, settings);
        }
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new HostMistakeException($"the terminal cannot be used: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetSettings(int descriptor, byte* settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int SetSettings(int descriptor, int when, byte* settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(byte* settings);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int GetWindowSize(int descriptor, ulong request, Window* window);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private struct Window
    {
#pragma warning disable CS0649 // Written by the kernel.
        internal ushort Rows;
        internal ushort Columns;
        internal ushort Width;
        internal ushort Height;
#pragma warning restore CS0649
    }
}
