namespace Marcotte;

/// <summary>A template that is built when it is first asked for. One that cannot be built is tried anew each time it is asked for.</summary>
internal sealed class NamedTemplate(Func<BoxTemplate> build) : IDisposable
{
    private readonly Lock _lock = new();
    private BoxTemplate? _template;
    private Exception? _failure;
    private bool _disposed;

    internal BoxTemplate Get()
    {
        if (Volatile.Read(ref _template) is { } built)
        {
            return built;
        }

        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(IBoxFactory));
            return _template ?? BuildLocked();
        }
    }

    /// <summary>Why the last attempt failed; a health check that compiled anew each time would be a load of its own.</summary>
    internal Exception? Failure()
    {
        lock (_lock)
        {
            if (_template is null && _failure is null && !_disposed)
            {
                try
                {
                    BuildLocked();
                }
                catch (Exception)
                {
                    // It is kept.
                }
            }

            return _failure;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _template?.Dispose();
        }
    }

    private BoxTemplate BuildLocked()
    {
        try
        {
            _failure = null;
            BoxTemplate template = build();
            Volatile.Write(ref _template, template);
            return template;
        }
        catch (Exception exception)
        {
            _failure = exception;
            throw;
        }
    }
}
