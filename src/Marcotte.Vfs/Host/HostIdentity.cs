namespace Marcotte.Vfs.Host;

/// <summary>Which file of the host: its device there, and its number within that.</summary>
/// <param name="Device">The host's device.</param>
/// <param name="Inode">The host's inode number.</param>
internal readonly record struct HostIdentity(ulong Device, ulong Inode)
{
    private const ulong Mark = 1UL << 63;

    /// <summary>
    /// The number of the inode within its file system in the box: the host's, or a hash for what lies on another device
    /// than the mounted directory (the host may have mounts of its own beneath it).
    /// </summary>
    /// <param name="home">The device of the mounted directory.</param>
    /// <returns>The number.</returns>
    internal ulong Number(ulong home) => Device == home ? Inode : Mix(Inode ^ Mix(Device)) | Mark;

    /// <summary>The device as the box sees it: its mount's, or for what lies on another one a number made of both.</summary>
    /// <param name="home">The device of the mounted directory.</param>
    /// <param name="box">The mount's device number in the box.</param>
    /// <returns>The number, never one of those that mounts have, which count up from small ones.</returns>
    internal ulong DeviceInBox(ulong home, ulong box) => Device == home ? box : Mix(Device ^ Mix(box)) | Mark;

    // The finaliser of SplitMix64, a bijection.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
