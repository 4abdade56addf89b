using Marcotte.Core;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;

namespace Marcotte.Guests.Tests;

/// <summary>One granted directory, mounted as a kind says, with what is in it before the run.</summary>
internal sealed class GrantedMount : IDisposable
{
    private readonly MountKind _kind;
    private readonly string _path;
    private readonly List<Seed> _seeds;
    private readonly bool _readOnly;
    private readonly long? _maxBytes;
    private readonly TreeSnapshot? _snapshot;
    private readonly string? _directory;
    private readonly byte[] _archive = [];
    private readonly byte[] _archiveBefore = [];

    internal GrantedMount(MountKind kind, string path, List<Seed> seeds, bool readOnly, long? maxBytes)
    {
        (_kind, _path, _seeds, _readOnly, _maxBytes) = (kind, path, seeds, readOnly, maxBytes);
        switch (kind)
        {
            case MountKind.Snapshot or MountKind.OverlayOnSnapshot:
                _snapshot = Snapshot(seeds);
                break;
            case MountKind.OverlayOnHost:
                _directory = Directory.CreateTempSubdirectory("marcotte-lower-").FullName;
                seeds.ForEach(seed => HostRoot.Make(Path.Combine(_directory, seed.Path), seed.Entry));
                break;
            default:
                _archive = kind == MountKind.Zip ? SeedArchives.Zip(seeds) : SeedArchives.Tar(seeds);
                _archiveBefore = [.. _archive];
                break;
        }
    }

    /// <summary>A memory tree with these entries, for any number of boxes.</summary>
    internal static TreeSnapshot Snapshot(IEnumerable<Seed> seeds)
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached(time: TimeProvider.System);
        InodeTree.Fill(tree.Root, seeds);
        return tree.Snapshot();
    }

    internal void Mount(VfsOptions files)
    {
        MountOptions options = new() { ReadOnly = _readOnly };
        switch (_kind)
        {
            case MountKind.Snapshot:
                files.MountSnapshot(_path, _snapshot!, _maxBytes, _readOnly);
                break;
            case MountKind.OverlayOnSnapshot:
                files.MountOverlay(_path, overlay => Upper(overlay).Lower(new SnapshotSource(_snapshot!)), options);
                break;
            case MountKind.OverlayOnHost:
                files.MountOverlay(_path, overlay => Upper(overlay).LowerHostDirectory(_directory!), options);
                break;
            case MountKind.OverlayOnTar:
                files.MountOverlay(_path, overlay => Upper(overlay).LowerArchive(_archive), options);
                break;
            default:
                files.MountArchive(_path, _archive);
                break;
        }
    }

    /// <summary>Demands that what several boxes share, or what is the host's, is as it was.</summary>
    internal void AssertLowersUntouched()
    {
        Assert.That(_archive.AsSpan().SequenceEqual(_archiveBefore), "an archive's bytes changed");
        if (_snapshot is not null)
        {
            using MemoryFileSystem tree = MemoryFileSystem.Detached(_snapshot);
            Assert.That(tree.Root, Is.Not.Null);
            Same(path => InodeTree.Find(tree.Root, path), path => InodeTree.Names(tree.Root, path));
        }

        if (_directory is not null)
        {
            Same(path => HostRoot.Find(_directory, path), path => HostRoot.Names(_directory, path));
        }
    }

    public void Dispose()
    {
        if (_directory is not null)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private void Same(Func<string, TreeEntry?> find, Func<string, IReadOnlyList<string>> names)
    {
        foreach (Seed seed in _seeds)
        {
            Assert.That(find(seed.Path)?.Equals(seed.Entry), Is.True, $"a lower layer changed at {seed.Path}");
        }

        string[] directories = [string.Empty, .. _seeds.Where(seed => seed.Entry.Kind == TreeEntryKind.Directory).Select(seed => seed.Path)];
        Assert.That(directories.Sum(directory => names(directory).Count), Is.EqualTo(_seeds.Count), "a lower layer has other entries");
    }

    private Vfs.Overlay.OverlayOptions Upper(Vfs.Overlay.OverlayOptions overlay) => _maxBytes is { } bytes ? overlay.Upper(bytes) : overlay;

    /// <summary>A snapshot as a layer.</summary>
    private sealed class SnapshotSource(TreeSnapshot snapshot) : FileSystemSource
    {
        public override FileSystem Open(Kernel kernel) => new MemoryFileSystem(kernel, snapshot);
    }
}
