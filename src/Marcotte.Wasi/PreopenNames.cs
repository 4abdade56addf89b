using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>
/// What a process's preopened directories are called. Names go with the open file, so they stay right when a descriptor is
/// moved, and a number that is used again does not inherit one.
/// </summary>
/// <param name="entries">The directories; does not change any more.</param>
internal sealed class PreopenNames((OpenFile Directory, byte[] Name)[] entries)
{
    /// <summary>Where a process keeps them; a child shares its parent's.</summary>
    internal static readonly Slot<PreopenNames> Slot = new(static names => names);

    /// <summary>The name of a preopened directory.</summary>
    /// <param name="process">The process.</param>
    /// <param name="fd">A descriptor of it.</param>
    /// <returns>Its bytes; null when the descriptor is not open or not preopened.</returns>
    internal static byte[]? Find(Process process, int fd) =>
        process.Descriptors.TryGet(fd, out Descriptor? descriptor) ? process.Slots.Get(Slot)?.Find(descriptor.File) : null;

    private byte[]? Find(OpenFile file)
    {
        foreach ((OpenFile directory, byte[] name) in entries)
        {
            if (ReferenceEquals(directory, file))
            {
                return name;
            }
        }

        return null;
    }
}
