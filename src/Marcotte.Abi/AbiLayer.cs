using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>A layer that guests import functions from.</summary>
public abstract class AbiLayer : Layer
{
    /// <summary>The functions.</summary>
    public abstract IReadOnlyList<HostImport> Imports { get; }

    /// <summary>
    /// Functions that other layers offer too, but which mean something else to a guest of this ABI: to a module that imports anything of a module that
    /// <see cref="Imports"/> are in.
    /// </summary>
    public virtual IReadOnlyList<HostImport> Replacements => [];
}
