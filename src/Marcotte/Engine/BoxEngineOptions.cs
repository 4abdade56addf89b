namespace Marcotte;

/// <summary>How WebAssembly is compiled and where guests' memories come from; shared by all templates of an engine.</summary>
public sealed record BoxEngineOptions
{
    /// <summary>
    /// Whether memories come out of a pool that is reserved once, which makes starting a box several times faster. It
    /// reserves address space, not memory: 4 GiB for each of <see cref="MaxBoxes"/>.
    /// </summary>
    public bool Pooling { get; init; } = true;

    /// <summary>How many boxes may be alive at once when <see cref="Pooling"/>.</summary>
    public int MaxBoxes { get; init; } = 2048;

    /// <summary>
    /// Whether instances of a module share the pages of its initial data that they do not write. Without, each copies its data; on Linux it then takes two mappings
    /// fewer of the host process, of which <c>vm.max_map_count</c> lets it have 65,530 unless told otherwise: room for some 10,000 processes instead of 7,600.
    /// </summary>
    public bool ShareData { get; init; } = true;

    /// <summary>Bytes of stack that a guest thread's WebAssembly frames may take.</summary>
    public int StackBytes { get; init; } = 1024 * 1024;

    /// <summary>Whether guests' fuel is metered; it makes them some percent slower.</summary>
    public bool Fuel { get; init; }

    /// <summary>
    /// A directory that keeps compiled modules, or null to keep none. What lies in it is run as native code: nobody but
    /// the host's user may be able to write there.
    /// </summary>
    public string? CacheDirectory { get; init; }

    internal void Validate()
    {
        if (MaxBoxes is <= 0 or > 16_000)
        {
            throw new ArgumentOutOfRangeException(nameof(MaxBoxes), MaxBoxes, "BoxEngineOptions.MaxBoxes must be from 1 to 16,000; set Pooling to false for more boxes at once.");
        }

        if (StackBytes is < 16 * 1024 or > 256 * 1024 * 1024)
        {
            throw new ArgumentOutOfRangeException(nameof(StackBytes), StackBytes, "BoxEngineOptions.StackBytes must be from 16 KiB to 256 MiB.");
        }
    }
}
