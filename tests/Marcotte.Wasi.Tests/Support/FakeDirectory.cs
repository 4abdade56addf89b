using System.Text;
using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>A directory whose cookies are a thousand times the entry's number.</summary>
internal sealed class FakeDirectory(params string[] names) : FileOperations
{
    private readonly byte[][] _names = [.. names.Select(Encoding.UTF8.GetBytes)];

    public override FileType Type => FileType.Directory;

    internal Action? Reading { get; set; }

    internal Errno Failure { get; init; }

    internal int Releases { get; private set; }

    public override Errno ReadEntry(OpenFile file, ulong cookie, out DirectoryEntry entry)
    {
        Reading?.Invoke();
        int index = (int)Math.Min(cookie / 1000, (ulong)_names.Length);
        entry = index < _names.Length
            ? new DirectoryEntry(_names[index], 50 + (ulong)index, index == 0 ? FileType.Directory : FileType.Regular, (ulong)(index + 1) * 1000)
            : default;
        return Failure;
    }

    public override Errno Stat(OpenFile file, out FileStat stat)
    {
        stat = FakeFiles.SomeStat with { Type = FileType.Directory };
        return Errno.Success;
    }

    public override Errno Sync(OpenFile file, bool dataOnly) => Errno.Success;

    public override void Release(OpenFile file) => Releases++;
}
