using System.Globalization;
using Marcotte.Core;

namespace Marcotte.Model.Tests;

/// <summary>A path, and the slot of the open directory it starts from; below zero for the working directory.</summary>
internal readonly record struct Place(int At, string Path)
{
    public override string ToString()
    {
        string path = Path.Length > 300 ? $"{Path[..8]}...({Path.Length})" : Path.Length > 60 ? $"{Path[..4]}...{Path[^4..]}({Path.Length})" : Path;
        return At < 0 ? $"\"{path}\"" : $"{At}:\"{path}\"";
    }
}

/// <summary>Where a range of bytes is: in the file that a slot holds, at an offset or, below zero, where the file stands.</summary>
internal readonly record struct Range(int Slot, long Offset);

/// <summary>
/// A tree that calls are made on, and what is open in it. Everything is asked by the same calls in the same terms, so that the
/// answers of two sides are equal where the sides do the same.
/// </summary>
internal abstract class Side(string name)
{
    /// <summary>Files that can be open at once.</summary>
    internal const int Slots = 4;

    /// <summary>Whoever changed a time to something before this moment did it with utimensat; after it, it is the present.</summary>
    private const long Present = 1_000_000_000_000_000_000;

    private readonly Dictionary<ulong, int> _inodes = [];
    private readonly bool[] _named = new bool[Slots];

    internal string Name { get; } = name;

    /// <summary>Whether what a slot holds was opened to be named only, neither to be read nor to be written.</summary>
    internal bool IsNamed(int slot) => _named[slot];

    /// <summary>Whether a slot holds an open file. One that does not is asked nothing.</summary>
    internal abstract bool IsOpen(int slot);

    internal abstract Answer Become(uint user, uint group);

    internal abstract Answer Open(int slot, Place place, OpenFlags flags, AccessModes access, StatusFlags status, bool follow, ushort mode);

    internal abstract Answer Close(int slot);

    internal abstract Answer Read(int slot, int length);

    internal abstract Answer Write(int slot, ReadOnlySpan<byte> bytes);

    internal abstract Answer ReadAt(int slot, int length, long offset);

    internal abstract Answer WriteAt(int slot, ReadOnlySpan<byte> bytes, long offset);

    internal abstract Answer Seek(int slot, long offset, Whence whence);

    internal abstract Answer SetStatus(int slot, StatusFlags status);

    internal abstract Answer SetSize(int slot, long size);

    internal abstract Answer Allocate(int slot, long offset, long length, Allocation mode);

    internal abstract Answer Copy(Range from, Range to, long length);

    internal abstract Answer StatOpen(int slot);

    internal abstract Answer ListOpen(int slot);

    internal abstract Answer SetMode(int slot, ushort mode);

    internal abstract Answer SetTimes(int slot, TimeUpdate times);

    internal abstract Answer SetOwner(int slot, OwnerUpdate owner);

    internal abstract Answer Stat(Place place, bool follow);

    internal abstract Answer Access(Place place, AccessCheck check);

    internal abstract Answer SetSize(Place place, long size);

    internal abstract Answer SetMode(Place place, ushort mode);

    internal abstract Answer SetTimes(Place place, TimeUpdate times, bool follow);

    internal abstract Answer SetOwner(Place place, OwnerUpdate owner, bool follow);

    internal abstract Answer MakeDirectory(Place place, ushort mode);

    internal abstract Answer RemoveDirectory(Place place);

    internal abstract Answer Unlink(Place place);

    internal abstract Answer Rename(Place from, Place to, RenameMode mode);

    internal abstract Answer Link(Place from, Place to, bool follow);

    internal abstract Answer SymbolicLink(string content, Place place);

    internal abstract Answer ReadLink(Place place, int length);

    /// <summary>Opens, lists and closes.</summary>
    internal abstract Answer List(Place place);

    /// <summary>Takes down how a slot's file was opened.</summary>
    protected void Opened(int slot, AccessModes access) => _named[slot] = access == AccessModes.None;

    /// <summary>What is compared of a file's description.</summary>
    protected Answer Describe(in FileStat stat)
    {
        if (!_inodes.TryGetValue(stat.Inode, out int number))
        {
            _inodes.Add(stat.Inode, number = _inodes.Count);
        }

        string size = stat.Type == FileType.Directory ? "" : string.Create(CultureInfo.InvariantCulture, $" size {stat.Size}");
        string changed = stat.ModifyTime >= Present ? "" : string.Create(CultureInfo.InvariantCulture, $" at {stat.ModifyTime}");
        return new Answer(Errno.Success, 0, string.Create(
            CultureInfo.InvariantCulture,
            $"{stat.Type} {Convert.ToString(stat.Mode, 8)} {stat.UserId}:{stat.GroupId} links {stat.Links}{size}{changed} #{number}"));
    }

    /// <summary>Names with their kinds, in the order of the bytes.</summary>
    protected static Answer Names(List<string> names)
    {
        names.Sort(StringComparer.Ordinal);
        return new Answer(Errno.Success, names.Count, string.Join(' ', names));
    }
}
