namespace Marcotte.Core;

/// <summary>What happened to a watched file, and how it is watched; the numbers are those of inotify(7).</summary>
[Flags]
public enum WatchEvents : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It was read (IN_ACCESS).</summary>
    Access = 0x1,

    /// <summary>Its content changed (IN_MODIFY).</summary>
    Modify = 0x2,

    /// <summary>Its mode, owner, times or links changed (IN_ATTRIB).</summary>
    Attributes = 0x4,

    /// <summary>It was closed after being open for writing (IN_CLOSE_WRITE).</summary>
    CloseWrite = 0x8,

    /// <summary>It was closed after being open for reading alone (IN_CLOSE_NOWRITE).</summary>
    CloseNoWrite = 0x10,

    /// <summary>It was opened (IN_OPEN).</summary>
    Open = 0x20,

    /// <summary>A name left the directory by a rename (IN_MOVED_FROM).</summary>
    MovedFrom = 0x40,

    /// <summary>A name came into the directory by a rename (IN_MOVED_TO).</summary>
    MovedTo = 0x80,

    /// <summary>A name was made in the directory (IN_CREATE).</summary>
    Create = 0x100,

    /// <summary>A name of the directory was removed (IN_DELETE).</summary>
    Delete = 0x200,

    /// <summary>It was removed itself (IN_DELETE_SELF).</summary>
    DeleteSelf = 0x400,

    /// <summary>It was renamed itself (IN_MOVE_SELF).</summary>
    MoveSelf = 0x800,

    /// <summary>All that can be asked for (IN_ALL_EVENTS).</summary>
    All = 0xFFF,

    /// <summary>Its file system was unmounted (IN_UNMOUNT).</summary>
    Unmount = 0x2000,

    /// <summary>Events were lost, for nobody read them in time (IN_Q_OVERFLOW).</summary>
    Overflow = 0x4000,

    /// <summary>The watch is gone (IN_IGNORED).</summary>
    Ignored = 0x8000,

    /// <summary>Watch it only if it is a directory (IN_ONLYDIR).</summary>
    OnlyDirectory = 0x0100_0000,

    /// <summary>Watch a link rather than what it leads to (IN_DONT_FOLLOW).</summary>
    NoFollow = 0x0200_0000,

    /// <summary>Tell nothing of files that have no name in the directory any more (IN_EXCL_UNLINK).</summary>
    ExcludeUnlinked = 0x0400_0000,

    /// <summary>There must be no watch on it yet (IN_MASK_CREATE).</summary>
    MaskCreate = 0x1000_0000,

    /// <summary>Add to what is watched for, instead of replacing it (IN_MASK_ADD).</summary>
    MaskAdd = 0x2000_0000,

    /// <summary>What it happened to is a directory (IN_ISDIR).</summary>
    IsDirectory = 0x4000_0000,

    /// <summary>The watch goes with its first event (IN_ONESHOT).</summary>
    OneShot = 0x8000_0000,
}
