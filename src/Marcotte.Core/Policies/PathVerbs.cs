namespace Marcotte.Core;

/// <summary>What can be done to a file by its path. A file system asks for these, of the directory entry that a walk has come to.</summary>
[Flags]
public enum PathVerbs : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To learn of it: stat, access, reading a link's target.</summary>
    Stat = 1,

    /// <summary>To open a directory, from which its entries can be read.</summary>
    List = 2,

    /// <summary>To open a file for reading.</summary>
    Read = 4,

    /// <summary>To open a file for writing, or to cut it.</summary>
    Write = 8,

    /// <summary>To run it as a program, or to open it for that.</summary>
    Execute = 16,

    /// <summary>To make a name: a file, a directory, a link, what a rename leads to.</summary>
    Create = 32,

    /// <summary>To remove a name: unlink, rmdir, what a rename begins with.</summary>
    Remove = 64,

    /// <summary>To change what is known of it: times, mode, owner.</summary>
    Change = 128,

    /// <summary>All that leaves it as it is.</summary>
    Look = Stat | List | Read | Execute,

    /// <summary>All that changes something.</summary>
    Modify = Write | Create | Remove | Change,

    /// <summary>All.</summary>
    All = Look | Modify,
}
