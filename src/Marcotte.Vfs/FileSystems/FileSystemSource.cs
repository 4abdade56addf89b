using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>
/// Makes a file system for each box of a template. <see cref="VfsOptions.Mount"/> takes it, so a package with an own file
/// system adds an extension method to <see cref="VfsOptions"/> that calls that.
/// </summary>
public abstract class FileSystemSource : IDisposable
{
    /// <summary>Checks, when a box is built, what the host said.</summary>
    /// <exception cref="ArgumentException">Something makes no sense; the message names it and the remedy.</exception>
    public virtual void Validate()
    {
    }

    /// <summary>Makes the file system of a new box; the box disposes it. Other layers may not be attached yet.</summary>
    /// <param name="kernel">The box's kernel: quotas, limits, and the clock once it is asked for the time.</param>
    /// <returns>A file system that is not mounted yet.</returns>
    public abstract FileSystem Open(Kernel kernel);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives up what it holds for all boxes; may be called more than once.</summary>
    /// <param name="disposing">True when called by the host.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
