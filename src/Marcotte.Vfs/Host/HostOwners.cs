namespace Marcotte.Vfs.Host;

/// <summary>
/// Who the host's users are in a box: the owner of the mounted directory is user 0, its group is group 0, and anyone
/// else is nobody, as a Linux user namespace shows who is not mapped. No number of the host comes in.
/// </summary>
/// <param name="user">The mounted directory's owner.</param>
/// <param name="group">The mounted directory's group.</param>
internal sealed class HostOwners(uint user, uint group)
{
    /// <summary>The number of whoever has none (/proc/sys/kernel/overflowuid).</summary>
    internal const uint Nobody = 65534;

    /// <summary>A user as the box sees it.</summary>
    internal uint User(uint host) => host == user ? 0 : Nobody;

    /// <summary>A group as the box sees it.</summary>
    internal uint Group(uint host) => host == group ? 0 : Nobody;
}
