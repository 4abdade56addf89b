namespace Marcotte.Vfs.HostAccess;

/// <summary>Tasks of work that never waits and so is done when it is asked for; what it throws is the task's.</summary>
internal static class Completed
{
    internal static Task Task(Action work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return System.Threading.Tasks.Task.FromCanceled(cancellationToken);
        }

        try
        {
            work();
            return System.Threading.Tasks.Task.CompletedTask;
        }
        catch (Exception exception)
        {
            return System.Threading.Tasks.Task.FromException(exception);
        }
    }

    internal static Task<T> Task<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return System.Threading.Tasks.Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return System.Threading.Tasks.Task.FromResult(work());
        }
        catch (Exception exception)
        {
            return System.Threading.Tasks.Task.FromException<T>(exception);
        }
    }

    internal static ValueTask<T> Value<T>(Func<T> work)
    {
        try
        {
            return ValueTask.FromResult(work());
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<T>(exception);
        }
    }
}
