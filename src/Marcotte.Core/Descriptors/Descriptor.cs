namespace Marcotte.Core;

/// <summary>An entry of a descriptor table: an open file, what this descriptor of it may do, and whether exec closes it.</summary>
/// <param name="File">The open file, of which this descriptor holds one reference.</param>
/// <param name="Base">What the descriptor may do.</param>
/// <param name="Inheriting">What descriptors opened through it may do at most.</param>
/// <param name="CloseOnExec">Whether exec closes it.</param>
public sealed record Descriptor(OpenFile File, Rights Base, Rights Inheriting, bool CloseOnExec = false)
{
    /// <summary>A descriptor that may do all that its open file can.</summary>
    /// <param name="file">The open file.</param>
    public Descriptor(OpenFile file)
        : this(file, Rights.All, Rights.All)
    {
    }

    /// <summary>Whether it has all of some rights.</summary>
    /// <param name="rights">The rights.</param>
    /// <returns>False when one is missing.</returns>
    public bool Has(Rights rights) => (Base & rights) == rights;
}
