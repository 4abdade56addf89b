using System.Globalization;
using System.Text;

namespace Marcotte.Guests.Tests;

/// <summary>What the host must find in the root after a run.</summary>
internal abstract record AfterCheck(string Path)
{
    internal static AfterCheck Parse(string value)
    {
        List<byte[]> words = Words.Split(value);
        string verb = Encoding.UTF8.GetString(words[0]);
        string path = Encoding.UTF8.GetString(words[1]);
        return (verb, words.Count) switch
        {
            ("dir", 2) => new IsDirectory(path),
            ("absent", 2) => new IsAbsent(path),
            ("file", 3) => new IsFile(path, words[2]),
            ("entries", 3) => new HasEntries(path, int.Parse(Encoding.UTF8.GetString(words[2]), CultureInfo.InvariantCulture)),
            _ => throw new FormatException($"No such check: {value}"),
        };
    }

    internal abstract void Check(GuestRoot root);

    internal sealed record IsFile(string Path, byte[] Content) : AfterCheck(Path)
    {
        internal override void Check(GuestRoot root)
        {
            TreeEntry? entry = root.Find(Path);
            Assert.That(entry?.Kind, Is.EqualTo(TreeEntryKind.File), Path);
            Assert.That(entry!.Content.AsSpan().SequenceEqual(Content), $"{Path} is not what it must be; it has {entry.Content.Length} bytes, expected {Content.Length}.");
        }
    }

    internal sealed record IsDirectory(string Path) : AfterCheck(Path)
    {
        internal override void Check(GuestRoot root) => Assert.That(root.Find(Path)?.Kind, Is.EqualTo(TreeEntryKind.Directory), Path);
    }

    internal sealed record IsAbsent(string Path) : AfterCheck(Path)
    {
        internal override void Check(GuestRoot root) => Assert.That(root.Find(Path), Is.Null, Path);
    }

    internal sealed record HasEntries(string Path, int Count) : AfterCheck(Path)
    {
        internal override void Check(GuestRoot root) => Assert.That(root.Names(Path), Has.Count.EqualTo(Count), Path);
    }
}
