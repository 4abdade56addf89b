using System.Text;

namespace Marcotte.Guests.Tests;

/// <summary>Something that is made in the root before a run.</summary>
internal abstract record SetupStep(string Path)
{
    /// <summary>Stands in a link's target for the path of the run's root.</summary>
    private const string RootMark = "{root}";

    internal static SetupStep Parse(string value, string? folder)
    {
        List<byte[]> words = Words.Split(value);
        string verb = Encoding.UTF8.GetString(words[0]);
        string path = Encoding.UTF8.GetString(words[1]);
        return (verb, words.Count) switch
        {
            ("dir", 2) => new MakeDirectory(path),
            ("file", 3) => new MakeFile(path, words[2]),
            ("symlink", 3) => new MakeLink(path, Encoding.UTF8.GetString(words[2])),
            ("copy", 3) when folder is not null => new MakeFile(Encoding.UTF8.GetString(words[2]), File.ReadAllBytes(System.IO.Path.Combine(folder, path))),
            _ => throw new FormatException($"No such setup: {value}"),
        };
    }

    /// <summary>What it makes.</summary>
    /// <param name="root">The path of the run's root, without a slash at its end.</param>
    internal abstract TreeEntry Entry(string root);

    internal sealed record MakeDirectory(string Path) : SetupStep(Path)
    {
        internal override TreeEntry Entry(string root) => TreeEntry.Directory;
    }

    internal sealed record MakeFile(string Path, byte[] Content) : SetupStep(Path)
    {
        internal override TreeEntry Entry(string root) => TreeEntry.File(Content);
    }

    internal sealed record MakeLink(string Path, string Target) : SetupStep(Path)
    {
        internal override TreeEntry Entry(string root) => TreeEntry.Link(Target.Replace(RootMark, root, StringComparison.Ordinal));
    }
}
