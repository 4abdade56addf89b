namespace Marcotte.Vfs.Archives;

/// <summary>
/// The inodes that a box has met, by number. It is three levels deep, each made when it is first needed: an archive that a box
/// does not touch costs it nothing, and finding an inode takes no lock.
/// </summary>
internal sealed class InodeTable(int highest)
{
    private const int Bits = 6;
    private const int Fan = 1 << Bits;

    private readonly int _length = (highest >> (2 * Bits)) + 1;
    private ArchiveInode?[]?[]?[]? _top;

    public ArchiveInode? Find(int number) =>
        Volatile.Read(ref _top)?[number >> (2 * Bits)]?[(number >> Bits) & (Fan - 1)]?[number & (Fan - 1)];

    /// <summary>Keeps an inode, unless another thread was first.</summary>
    /// <returns>The one that is kept.</returns>
    public ArchiveInode Keep(int number, ArchiveInode inode)
    {
        ArchiveInode?[]?[]?[] top = Made(ref _top, _length);
        ArchiveInode?[]?[] middle = Made(ref top[number >> (2 * Bits)], Fan);
        ArchiveInode?[] leaf = Made(ref middle[(number >> Bits) & (Fan - 1)], Fan);
        return Interlocked.CompareExchange(ref leaf[number & (Fan - 1)], inode, null) ?? inode;
    }

    private static T[] Made<T>(ref T[]? place, int length)
    {
        if (Volatile.Read(ref place) is { } there)
        {
            return there;
        }

        T[] made = new T[length];
        return Interlocked.CompareExchange(ref place, made, null) ?? made;
    }
}
