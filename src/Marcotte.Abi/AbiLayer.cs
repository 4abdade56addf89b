using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>A layer that guests import functions from.</summary>
public abstract class AbiLayer : Layer
{
    /// <summary>The functions.</summary>
    public abstract IReadOnlyList<HostImport> Imports { get; }

    /// <summary>Functions that other layers offer too, but which mean something else to a guest of this ABI; see <see cref="Replaces"/>.</summary>
    public virtual IReadOnlyList<HostImport> Replacements => [];

    /// <summary>Whether a guest that imports from a module is one to which <see cref="Replacements"/> apply.</summary>
    /// <param name="module">The module that something is imported from.</param>
    /// <returns>By default true for every module that <see cref="Imports"/> are in.</returns>
    public virtual bool Replaces(string module) => Imports.Any(import => import.Syscall.Module == module);
}
