using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>
/// Makes a file system for each box of a template. <see cref="VfsOptions.Mount(string, FileSystemSource, MountOptions)"/> takes it, so a package with an own file
/// system adds an extension method to <see cref="VfsOptions"/> that calls that.
/// </summary>
public abstract class FileSystemSource : IDisposable
{
    /// <summary>Checks, when a box is built, what the host said.</summary>
    /// <exception cref="ArgumentException">Something makes no sense; the message names it and the remedy.</exception>
    public virtual void Validate()
    {
    }

    /// <summary>Checks, when a box is built, what the host said of it and of its mount. Calls <see cref="Validate()"/>.</summary>
    /// <param name="options">How it is mounted. What is not a matter of the mount alone is refused by default.</param>
    /// <exception cref="ArgumentException">Something makes no sense, or cannot be done; the message names it and the remedy.</exception>
    public virtual void Validate(MountOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Refuse(options.MaxBytes is not null, nameof(MountOptions.MaxBytes), "it does not count its bytes; leave it out");
        Refuse(options.Identities is not null, nameof(MountOptions.Identities), "its files have no owners outside the box; leave it out");
        Validate();
    }

    /// <summary>Makes the file system of a new box as its mount has it; by default as <see cref="Open(Kernel)"/> does.</summary>
    /// <param name="kernel">The box's kernel.</param>
    /// <param name="options">How it is mounted; what the mount itself sees to (<see cref="MountOptions.ReadOnly"/> and its like) needs nothing.</param>
    /// <returns>A file system that is not mounted yet.</returns>
    public virtual FileSystem Open(Kernel kernel, MountOptions options) => Open(kernel);

    /// <summary>Makes the file system of a new box; the box disposes it. Other layers may not be attached yet.</summary>
    /// <param name="kernel">The box's kernel: quotas, limits, and the clock once it is asked for the time.</param>
    /// <returns>A file system that is not mounted yet.</returns>
    public abstract FileSystem Open(Kernel kernel);

    /// <summary>Refuses an option of a mount.</summary>
    /// <param name="isGiven">Whether it was given.</param>
    /// <param name="option">Its name.</param>
    /// <param name="reason">Why it cannot be, and the remedy.</param>
    /// <exception cref="ArgumentException">It was given.</exception>
    protected void Refuse(bool isGiven, string option, string reason)
    {
        if (isGiven)
        {
            throw new ArgumentException($"MountOptions.{option} cannot be had of {GetType().Name}: {reason}.", option);
        }
    }

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
