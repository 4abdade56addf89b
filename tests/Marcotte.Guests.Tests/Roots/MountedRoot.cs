using System.IO.Abstractions;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;

namespace Marcotte.Guests.Tests;

/// <summary>
/// A root whose granted directories are mounts of one kind. What is not granted is a memory tree that may be written to, so
/// that an escape would find something, and would leave a mark. Where only archives are asked for, what the guest may write
/// to is a memory tree. It is looked at through the box's own files, at the end of the run.
/// </summary>
internal sealed class MountedRoot : GuestRoot
{
    /// <summary>Longer files are sparse ones, and nothing asks what is in them.</summary>
    private const long ReadBytes = 16 << 20;

    private readonly MountKind _kind;
    private readonly GuestCase _guest;
    private readonly bool _allReadOnly;
    private readonly List<GrantedMount> _granted = [];
    private readonly TreeSnapshot? _outside;
    private SortedDictionary<string, TreeEntry>? _left;

    /// <param name="guest">Whose root it is.</param>
    /// <param name="kind">What is granted.</param>
    internal MountedRoot(GuestCase guest, MountKind kind)
    {
        _kind = kind;
        _guest = guest;
        _allReadOnly = guest.OnArchives == ArchiveUse.Everything;
        string[] paths = [.. guest.Preopens.Select(preopen => preopen.Path.Trim('/')).Distinct().OrderByDescending(path => path.Length)];
        Dictionary<string, List<Seed>> seeds = paths.ToDictionary(path => path, _ => new List<Seed>());
        List<Seed> outside = [];
        foreach ((string path, TreeEntry entry) in Plan(guest, Path))
        {
            string? holder = paths.FirstOrDefault(granted => granted.Length == 0 || path.StartsWith(granted + "/", StringComparison.Ordinal));
            (holder is null ? outside : seeds[holder]).Add(new Seed(holder is null or "" ? path : path[(holder.Length + 1)..], entry));
        }

        foreach (string path in paths)
        {
            bool readOnly = guest.Preopens.Any(preopen => preopen.Path.Trim('/') == path && preopen.ReadOnly);
            _granted.Add(new GrantedMount(KindOf(readOnly), "/" + path, seeds[path], readOnly, MaxBytesOf(path)));
        }

        _outside = paths.Contains(string.Empty) ? null : GrantedMount.Snapshot(outside);
    }

    internal override string Path => string.Empty;

    public override void Dispose()
    {
        _granted.ForEach(static mount => mount.Dispose());
        base.Dispose();
    }

    internal override void Mount(VfsOptions files)
    {
        if (_outside is not null)
        {
            files.MountSnapshot("/", _outside);
        }

        _granted.ForEach(mount => mount.Mount(files));
    }

    internal override void Look(Box box)
    {
        _left = new SortedDictionary<string, TreeEntry>(StringComparer.Ordinal);
        Collect(box.Files, "/");
        _granted.ForEach(static mount => mount.AssertLowersUntouched());
    }

    internal override TreeEntry? Find(string path) => _left!.GetValueOrDefault(path);

    internal override IReadOnlyList<string> Names(string path)
    {
        string prefix = path.Length == 0 ? string.Empty : path + "/";
        return [.. _left!.Keys
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && key.IndexOf('/', prefix.Length) < 0)
            .Select(key => key[prefix.Length..])];
    }

    private void Collect(IFileSystem files, string directory)
    {
        foreach (string path in files.Directory.EnumerateFileSystemEntries(directory))
        {
            IFileInfo file = files.FileInfo.New(path);
            TreeEntry entry = file.LinkTarget is { } target ? TreeEntry.Link(target)
                : !file.Exists ? TreeEntry.Directory
                : TreeEntry.File(file.Length <= ReadBytes ? files.File.ReadAllBytes(path) : BitConverter.GetBytes(file.Length));
            _left!.Add(path.Trim('/'), entry);
            if (entry.Kind == TreeEntryKind.Directory)
            {
                Collect(files, path);
            }
        }
    }

    private MountKind KindOf(bool readOnly) =>
        _kind is MountKind.Tar or MountKind.Zip && !readOnly && !_allReadOnly ? MountKind.Snapshot : _kind;

    private long? MaxBytesOf(string path) => _guest.Preopens[0].Path.Trim('/') == path ? _guest.Limits.Bytes : null;
}
