using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Has host code wait for a file that is not ready, such as a pipe: never for a regular one.</summary>
internal static class HostWait
{
    /// <summary>How long host code waits that said nothing of it, in milliseconds: no guest holds a host for ever.</summary>
    internal const int DefaultMilliseconds = 10_000;

    /// <summary>Waits, by the host's time, until a file is ready.</summary>
    /// <param name="process">On whose behalf.</param>
    /// <param name="file">The file.</param>
    /// <param name="wanted">What for.</param>
    /// <param name="milliseconds">How long; <see cref="Timeout.Infinite"/> until cancelled.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see cref="Errno.TimedOut"/> when it took too long.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    internal static Errno For(Process process, OpenFile file, Readiness wanted, int milliseconds, CancellationToken cancellationToken) =>
        Until(process, file, file => (file.Poll() & (wanted | Readiness.Error | Readiness.HangUp)) != Readiness.None, milliseconds, cancellationToken);

    /// <summary>Waits, by the host's time, until the opening of a file is complete: a FIFO's lasts until its other end is open.</summary>
    /// <param name="process">On whose behalf.</param>
    /// <param name="file">The file.</param>
    /// <returns><see cref="Errno.TimedOut"/> when it took too long.</returns>
    internal static Errno ForOpening(Process process, OpenFile file)
    {
        Errno errno = file.Operations.Opening(file);
        if (errno != Errno.Again)
        {
            return errno;
        }

        errno = Until(process, file, static file => file.Operations.Opening(file) != Errno.Again, DefaultMilliseconds, CancellationToken.None);
        return errno == Errno.Success ? file.Operations.Opening(file) : errno;
    }

    private static Errno Until(Process process, OpenFile file, Func<OpenFile, bool> condition, int milliseconds, CancellationToken cancellationToken)
    {
        GuestThread thread = new(process, int.MaxValue, new NoMemory());
        try
        {
            using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            ending.CancelAfter(milliseconds);
            CancellationToken ended = ending.Token;
            using CancellationTokenRegistration registration = ended.UnsafeRegister(static state => ((GuestThread)state!).Waiter.Signal(), thread);
            bool isReady = false;
            Errno errno = thread.Waiter.WaitUntil(
                file.Queue ?? new WaitQueue(), file, file => (isReady = condition(file)) || ended.IsCancellationRequested, Deadline.Never);
            cancellationToken.ThrowIfCancellationRequested();
            return errno == Errno.Success && !isReady ? Errno.TimedOut : errno;
        }
        finally
        {
            thread.End();
        }
    }

    private sealed class NoMemory : LinearMemory
    {
        public override void Refresh(nint frame)
        {
        }
    }
}
