using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>The entries of one open directory, without <c>.</c> and <c>..</c>, which the namespace adds.</summary>
public abstract class DirectoryListing : IDisposable
{
    /// <summary>The next entry.</summary>
    /// <param name="cookie">0 for the first, else <see cref="DirectoryEntry.Next"/> of any entry given before, in any order.</param>
    /// <param name="entry">
    /// The entry, its cookie above 0 and at most 2^63 - 3, for ext4 uses all of 63 bits; an empty one at the end. An entry
    /// that was there throughout is listed exactly once, whatever came and went meanwhile, and also after its predecessor
    /// was removed.
    /// </param>
    /// <returns>The outcome; a cookie that was never given ends the listing or is <see cref="Errno.Inval"/>.</returns>
    public abstract Errno Read(ulong cookie, out DirectoryEntry entry);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The directory was closed.</summary>
    /// <param name="disposing">True when called by the namespace.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
