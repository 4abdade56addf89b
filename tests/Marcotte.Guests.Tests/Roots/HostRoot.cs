using Marcotte.Vfs;

namespace Marcotte.Guests.Tests;

/// <summary>A root that is a new directory of the host's.</summary>
internal sealed class HostRoot : GuestRoot
{
    private readonly GuestCase _guest;

    internal HostRoot(GuestCase guest)
    {
        _guest = guest;
        Path = Directory.CreateTempSubdirectory("marcotte-guest-").FullName;
        foreach ((string path, TreeEntry entry) in Plan(guest, Path))
        {
            Make(Place(path), entry);
        }
    }

    internal override string Path { get; }

    /// <summary>The host's path for a path of the root.</summary>
    internal string Place(string path) => System.IO.Path.Combine(Path, path.Trim('/'));

    internal override void Mount(VfsOptions files)
    {
        foreach (PreopenedDirectory preopen in _guest.Preopens)
        {
            files.MountHostDirectory(preopen.Path, Place(preopen.Path), preopen.ReadOnly);
        }
    }

    internal override TreeEntry? Find(string path) => Find(Path, path);

    internal override IReadOnlyList<string> Names(string path) => Names(Path, path);

    /// <summary>What a path of a directory of the host's stands for, no link followed; null for nothing.</summary>
    internal static TreeEntry? Find(string top, string path)
    {
        FileInfo file = new(System.IO.Path.Combine(top, path.Trim('/')));
        return file.LinkTarget is { } target ? TreeEntry.Link(target)
            : file.Exists ? TreeEntry.File(File.ReadAllBytes(file.FullName))
            : Directory.Exists(file.FullName) ? TreeEntry.Directory
            : null;
    }

    /// <summary>The names in a directory of the host's.</summary>
    internal static IReadOnlyList<string> Names(string top, string path) =>
        [.. Directory.EnumerateFileSystemEntries(System.IO.Path.Combine(top, path.Trim('/'))).Select(entry => System.IO.Path.GetFileName(entry)!)];

    public override void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        base.Dispose();
    }

    internal static void Make(string path, TreeEntry entry)
    {
        switch (entry.Kind)
        {
            case TreeEntryKind.Directory:
                Directory.CreateDirectory(path);
                break;
            case TreeEntryKind.File:
                File.WriteAllBytes(path, entry.Content);
                break;
            default:
                File.CreateSymbolicLink(path, entry.Target!);
                break;
        }
    }
}
