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
    internal static Errno For(Process process, OpenFile file, Readiness wanted, int milliseconds, CancellationToken cancellationToken)
    {
        GuestThread thread = new(process, int.MaxValue, new NoMemory());
        try
        {
            using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            ending.CancelAfter(milliseconds);
            using CancellationTokenRegistration registration = ending.Token.UnsafeRegister(static state => ((GuestThread)state!).Interrupt(), thread);
            Errno errno = thread.Waiter.WaitFor(file, wanted, Deadline.Never);
            cancellationToken.ThrowIfCancellationRequested();
            return errno == Errno.Intr ? Errno.TimedOut : errno;
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
