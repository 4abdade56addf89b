namespace Marcotte.Core;

/// <summary>
/// What the file namespace that opened a file notes about where, such as a mount. Through it an open file learns who is to be told
/// what happens to it, also when that one came after it was opened.
/// </summary>
public abstract class FileOrigin
{
    private readonly FileOrigin _tree;
    private volatile bool _isWatched;

    /// <summary>Notes another place of a tree.</summary>
    /// <param name="tree">Any origin of the same tree; null for a tree's first one.</param>
    protected FileOrigin(FileOrigin? tree) => _tree = tree?._tree ?? this;

    /// <summary>The tree's first origin.</summary>
    protected FileOrigin Tree => _tree;

    /// <summary>Whether anybody watches files of the tree: all that is asked where nobody does.</summary>
    internal bool IsWatched => _tree._isWatched;

    /// <summary>From now on the tree's open files ask for <see cref="EventsOf"/> when something happens to them.</summary>
    protected void BeginWatching() => _tree._isWatched = true;

    /// <summary>Tells of a file that was opened before anybody watched.</summary>
    /// <param name="file">The file; it keeps what it is given.</param>
    /// <returns>Who is told; null for nobody as yet.</returns>
    protected internal abstract FileEvents? EventsOf(OpenFile file);

    /// <summary>An open file that has this origin was closed.</summary>
    protected internal virtual void Closed()
    {
    }
}
