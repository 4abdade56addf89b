using Marcotte.Vfs;

namespace Marcotte.Guests.Tests;

/// <summary>
/// A root that is the root of the box, in memory, every granted directory a mount of its own. What is not granted is
/// there and may be written to, so that an escape would find something, and would leave a mark.
/// </summary>
internal sealed class MemoryRoot : GuestRoot
{
    private readonly SortedDictionary<string, TreeEntry> _plan;
    private readonly MemoryMount[] _mounts;

    /// <param name="guest">Whose root it is.</param>
    /// <param name="before">What an earlier run left in it.</param>
    internal MemoryRoot(GuestCase guest, SortedDictionary<string, TreeEntry>? before = null)
    {
        _plan = before is null ? [] : new(before, StringComparer.Ordinal);
        foreach ((string path, TreeEntry entry) in Plan(guest, Path))
        {
            Add(_plan, path, entry);
        }

        string[] paths = [.. guest.Preopens.Select(preopen => preopen.Path.Trim('/')).Append(string.Empty).Distinct()];
        _mounts = [.. paths.OrderByDescending(path => path.Length).Select(path => new MemoryMount(
            path,
            guest.Preopens.Any(preopen => preopen.Path.Trim('/') == path && preopen.ReadOnly),
            guest.Preopens.Count > 0 && path == guest.Preopens[0].Path.Trim('/') ? guest.Limits.Bytes : null))];
        foreach ((string path, TreeEntry entry) in _plan)
        {
            MemoryMount mount = _mounts.First(mount => mount.Holds(path));
            mount.Seeds.Add(new Seed(mount.Within(path), entry));
        }
    }

    internal override string Path => string.Empty;

    /// <summary>All there is after the run; of a program that was granted nothing, what was there before it.</summary>
    internal SortedDictionary<string, TreeEntry> Left() => _mounts.All(mount => mount.IsOpen) ? Snapshot() : _plan;

    internal override void Mount(VfsOptions files)
    {
        foreach (MemoryMount mount in _mounts)
        {
            files.Mount("/" + mount.Path, mount, mount.IsReadOnly);
        }
    }

    internal override TreeEntry? Find(string path) =>
        _mounts.Any(mount => mount.Path == path) ? TreeEntry.Directory : MountOf(path, out string within).Find(within);

    internal override IReadOnlyList<string> Names(string path)
    {
        MemoryMount mount = _mounts.FirstOrDefault(mount => mount.Path == path) ?? MountOf(path, out _);
        return mount.Names(mount.Path == path ? string.Empty : mount.Within(path));
    }

    private MemoryMount MountOf(string path, out string within)
    {
        MemoryMount mount = _mounts.First(mount => mount.Holds(path));
        within = mount.Within(path);
        return mount;
    }
}
