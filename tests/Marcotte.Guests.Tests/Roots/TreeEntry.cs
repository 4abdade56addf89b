namespace Marcotte.Guests.Tests;

/// <summary>What a name in a root stands for.</summary>
internal enum TreeEntryKind
{
    Directory,
    File,
    Link,
}

/// <summary>What a name in a root stands for, and what is in it. A file's content is read when it is first asked for.</summary>
internal sealed class TreeEntry
{
    private readonly Lazy<byte[]> _content;

    private TreeEntry(TreeEntryKind kind, string? target, Func<byte[]> content)
    {
        Kind = kind;
        Target = target;
        _content = new Lazy<byte[]>(content);
    }

    internal static TreeEntry Directory { get; } = new(TreeEntryKind.Directory, null, () => []);

    internal TreeEntryKind Kind { get; }

    /// <summary>What a link says.</summary>
    internal string? Target { get; }

    /// <summary>What is in a file.</summary>
    internal byte[] Content => _content.Value;

    internal static TreeEntry File(byte[] content) => new(TreeEntryKind.File, null, () => content);

    internal static TreeEntry File(Func<byte[]> content) => new(TreeEntryKind.File, null, content);

    internal static TreeEntry Link(string target) => new(TreeEntryKind.Link, target, () => []);

    /// <summary>Whether it is the same as another, to the byte.</summary>
    internal bool Equals(TreeEntry other) => Kind == other.Kind && Target == other.Target && Content.AsSpan().SequenceEqual(other.Content);
}
