using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Wasi;

/// <summary>What preview 1 does with files, for ABIs that build on it.</summary>
public static class WasiFiles
{
    /// <summary>Opens a file as path_open does, with its checks of flags and rights.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The directory that the path starts from.</param>
    /// <param name="request">What is opened, and how.</param>
    /// <param name="openedFd">Takes the new descriptor.</param>
    /// <returns>What path_open answers.</returns>
    public static Errno Open(GuestThread thread, GuestMemory memory, int fd, in PathOpenRequest request, GuestOut<uint> openedFd) =>
        PathOpening.Open(thread, memory, fd, in request, openedFd);

    /// <summary>Reads a symbolic link as path_readlink does.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="fd">The directory that the path starts from.</param>
    /// <param name="path">The path.</param>
    /// <param name="buffer">Where its content goes.</param>
    /// <param name="used">Takes the bytes written.</param>
    /// <returns>What path_readlink answers.</returns>
    public static Errno ReadLink(GuestThread thread, GuestMemory memory, int fd, GuestText path, GuestSpan<byte> buffer, GuestOut<uint> used) =>
        Paths.PathReadlink(thread, memory, fd, path, buffer, used);

    /// <summary>Waits until the opening of a file is complete, as that of a FIFO is once both its ends are open (POSIX open).</summary>
    /// <param name="thread">Who has opened it.</param>
    /// <param name="file">The open file; unless this succeeds its reference is given back.</param>
    /// <returns>The outcome; <see cref="Errno.Intr"/>.</returns>
    /// <exception cref="GuestKilledException">The thread was killed; the reference is given back.</exception>
    public static Errno Completed(GuestThread thread, OpenFile file)
    {
        ArgumentNullException.ThrowIfNull(thread);
        ArgumentNullException.ThrowIfNull(file);
        Errno errno = file.Operations.Opening(file);
        return errno == Errno.Success || (errno == Errno.Again && file.IsNonBlocking) ? Errno.Success : Wait(thread, file, errno);
    }

    /// <summary>Nobody reads any more what is written (POSIX write): the caller gets SIGPIPE, whose handler has run when this returns.</summary>
    /// <param name="thread">Who has written.</param>
    /// <returns><see cref="Errno.Pipe"/>, which the call answers.</returns>
    /// <exception cref="GuestKilledException">The signal ends the process.</exception>
    public static Errno BrokenPipe(GuestThread thread)
    {
        ArgumentNullException.ThrowIfNull(thread);
        Process process = thread.Process;
        thread.Kernel.Signals.Raise(process, new SignalInfo(Core.Signal.Pipe, SignalCause.User, process.Id, process.Credentials.RealUserId));
        thread.SeeToSignals();
        return Errno.Pipe;
    }

    /// <summary>A file would become too long: where it is the caller's own limit that says so (RLIMIT_FSIZE) the caller gets SIGXFSZ, whose handler has run when this returns.</summary>
    /// <param name="thread">Who has written.</param>
    /// <returns><see cref="Errno.FBig"/>, which the call answers.</returns>
    /// <exception cref="GuestKilledException">The signal ends the process.</exception>
    public static Errno TooLarge(GuestThread thread)
    {
        ArgumentNullException.ThrowIfNull(thread);
        Process process = thread.Process;
        if (process.FileSizeLimit != long.MaxValue)
        {
            thread.Kernel.Signals.Raise(process, new SignalInfo(Core.Signal.FileSizeLimit, SignalCause.User, process.Id, process.Credentials.RealUserId));
            thread.SeeToSignals();
        }

        return Errno.FBig;
    }

    private static Errno Wait(GuestThread thread, OpenFile file, Errno errno)
    {
        bool opened = false;
        try
        {
            if (errno == Errno.Again && file.Queue is { } queue)
            {
                errno = thread.Waiter.WaitUntil(queue, file, static waiting => waiting.Operations.Opening(waiting) != Errno.Again, Deadline.Never);
                errno = errno == Errno.Success ? file.Operations.Opening(file) : errno;
            }

            opened = errno == Errno.Success;
            return errno;
        }
        finally
        {
            if (!opened)
            {
                file.Release();
            }
        }
    }
}
