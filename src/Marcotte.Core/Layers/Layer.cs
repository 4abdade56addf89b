namespace Marcotte.Core;

/// <summary>
/// A package of system functionality, ready to be part of any number of boxes at once: immutable, and shared by all boxes
/// of a template.
/// </summary>
public abstract class Layer : IDisposable
{
    /// <summary>What errors and listings call it.</summary>
    public abstract string Name { get; }

    /// <summary>The <see cref="CoreContract.Version"/> it was compiled against; write <c>=> CoreContract.Version</c>.</summary>
    public abstract int ContractVersion { get; }

    /// <summary>The contracts it fulfils, so that an import that needs one is known to be backed.</summary>
    public virtual IReadOnlyList<Type> Provides => [];

    /// <summary>Programs of the host's that it places in each box. Whoever builds boxes sees to it that they can be run.</summary>
    public virtual IReadOnlyList<Program> Programs => [];

    /// <summary>Becomes part of a new box: puts its contracts and state into the kernel.</summary>
    /// <param name="kernel">The box's kernel. Other layers may not be attached yet.</param>
    public virtual void Attach(Kernel kernel)
    {
    }

    /// <summary>Prepares the box's first process; every layer is attached.</summary>
    /// <param name="process">The process.</param>
    public virtual void Start(Process process)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives up what the layer holds for all its boxes.</summary>
    /// <param name="disposing">True when called by the host.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>What a host says about a layer before boxes are built; a layer package derives from it.</summary>
public abstract class LayerOptions
{
    /// <summary>Checks what was said and makes the layer, which later changes to the options do not touch.</summary>
    /// <param name="limits">What each box may use.</param>
    /// <returns>The layer; whoever builds disposes it.</returns>
    /// <exception cref="ArgumentException">Something said makes no sense; the message names it and the remedy.</exception>
    public abstract Layer Build(Limits limits);
}

/// <summary>
/// Collects layers for a box. A layer's package adds an extension method to it that gets its options and hands them to
/// the caller, so that the order of calls does not matter.
/// </summary>
public interface IBoxBuilder
{
    /// <summary>The options of a layer: those there are, or new ones, which add the layer.</summary>
    /// <typeparam name="TOptions">The layer's options.</typeparam>
    /// <returns>The options.</returns>
    TOptions Options<TOptions>()
        where TOptions : LayerOptions, new();
}
