using Marcotte.Core;

namespace Marcotte.Vfs.Host;

/// <summary>What a host's failure is called inside.</summary>
internal static class HostErrnos
{
    private static readonly bool[] Known = MarkKnown();

    /// <summary>
    /// Linux's number is ours; one that POSIX does not have becomes the closest that it has. That the host process has no
    /// descriptor left is the system's want to a guest (ENFILE), not that of its own table (EMFILE).
    /// </summary>
    /// <param name="number">The number as the kernel gave it, positive.</param>
    /// <returns>The error, never <see cref="Errno.Success"/>.</returns>
    internal static Errno FromLinux(int number) => number switch
    {
        (int)Errno.MFile => Errno.NFile,
        > 0 and < 256 when Known[number] => (Errno)number,
        Key or KeyExpired or KeyRevoked or KeyRejected => Errno.Access,
        _ => Errno.IO,
    };

    private const int Key = 126;
    private const int KeyExpired = 127;
    private const int KeyRevoked = 128;
    private const int KeyRejected = 129;

    private static bool[] MarkKnown()
    {
        bool[] known = new bool[256];
        foreach (Errno errno in Enum.GetValues<Errno>())
        {
            // ENOTCAPABLE is WASI's; no kernel says it.
            known[(int)errno] = errno is not (Errno.Success or Errno.NotCapable);
        }

        return known;
    }
}
