using Marcotte.Core;

namespace Marcotte.Vfs.Overlay;

/// <summary>An inode of a layer.</summary>
/// <param name="Inode">The inode; whoever has this has a reference.</param>
/// <param name="Layer">Which layer: 0 is the upper one, 1 the one below it.</param>
internal readonly record struct LayerInode(Inode Inode, int Layer);

/// <summary>What layers say of one another, and what is kept when something is copied up.</summary>
internal static class Layering
{
    /// <summary>Whether an inode hides its name in the layers below: a character device that stands for none.</summary>
    public static bool IsWhiteout(Inode inode) =>
        inode.Type == FileType.CharacterDevice && inode.Stat(out FileStat stat) == Errno.Success && stat.Represents == 0;

    /// <summary>Gives an inode the mode, the owner and the times of what it was copied from, as far as its file system knows them.</summary>
    public static Errno GiveAttributes(Inode made, in FileStat original)
    {
        Errno errno = made.Stat(out FileStat stat);
        if (errno == Errno.Success && (stat.UserId != original.UserId || stat.GroupId != original.GroupId))
        {
            errno = Tolerate(made.SetOwner(new OwnerUpdate(original.UserId, original.GroupId)));
        }

        // After the owner, for whose change set-id bits may go.
        if (errno == Errno.Success && stat.Mode != original.Mode && made.Type != FileType.SymbolicLink)
        {
            errno = Tolerate(made.SetMode(original.Mode));
        }

        return errno == Errno.Success ? Tolerate(made.SetTimes(TimesOf(original))) : errno;
    }

    /// <summary>The times to put back on a directory in whose stead something was made in it.</summary>
    public static TimeUpdate TimesOf(in FileStat stat) => new(stat.AccessTime, stat.ModifyTime);

    private static Errno Tolerate(Errno errno) => errno == Errno.NotSup ? Errno.Success : errno;
}
