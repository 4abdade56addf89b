namespace Marcotte.Vfs.Archives;

/// <summary>
/// An archive as a box sees it, to be read alone. All that is known of its files belongs to the archive, which all boxes
/// share; a box has an inode for each file that it came by.
/// </summary>
internal sealed class ArchiveFileSystem : FileSystem
{
    private readonly Archive _archive;
    private readonly InodeTable _inodes;
    private readonly ArchiveInode _root;
    private int _isDisposed;

    public ArchiveFileSystem(Archive archive)
    {
        _archive = archive.Acquire();
        _inodes = new InodeTable(archive.Index.Count);
        _root = new ArchiveInode(this, archive.Index.Root);
    }

    public override Inode Root => _root;

    public override bool IsReadOnly => true;

    public override bool ChangesOutside => false;

    public ArchiveInode InodeOf(ArchiveNode node)
    {
        if (node.Number == 1)
        {
            return _root;
        }

        return _inodes.Find(node.Number) ?? _inodes.Keep(node.Number, new ArchiveInode(this, node));
    }

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _archive.Release();
        }

        base.Dispose(disposing);
    }
}
