using Marcotte.Core;

namespace Marcotte.Vfs.Watching;

/// <summary>A name in a directory that may be watched.</summary>
internal sealed record WatchedName(InodeKey Directory, byte[] Name);

/// <summary>Tells the table what happens through an open file, under the name that it was opened by.</summary>
/// <remarks>
/// Of a file that was opened before anybody watched, nobody noted the name: it is looked for in each directory once, when that
/// is watched and something happens to the file.
/// </remarks>
internal sealed class OpenFileEvents(WatchTable table, InodeKey file, WatchEvents kind, WatchedName? name) : FileEvents
{
    private WatchedName? _name = name;
    private bool _isEarlier;
    private long _searched;

    /// <summary>Whether a file can be told of, and as what.</summary>
    public static bool TryDescribe(OpenFile opened, out InodeKey file, out WatchEvents kind)
    {
        Errno errno = opened.Operations.Stat(opened, out FileStat stat);
        file = new InodeKey(stat.Device, stat.Inode);
        kind = stat.Type == FileType.Directory ? WatchEvents.IsDirectory : WatchEvents.None;
        return errno == Errno.Success;
    }

    /// <summary>Tells of a file that was opened before anybody watched.</summary>
    public static OpenFileEvents? OfEarlier(WatchTable table, OpenFile opened) =>
        TryDescribe(opened, out InodeKey file, out WatchEvents kind) ? new OpenFileEvents(table, file, kind, null) { _isEarlier = true } : null;

    public override void Accessed(OpenFile file) => Tell(file, WatchEvents.Access);

    public override void Modified(OpenFile file) => Tell(file, WatchEvents.Modify);

    public override void Changed(OpenFile file) => Tell(file, WatchEvents.Attributes);

    public override void Closed(OpenFile file) =>
        Tell(file, (file.Access & AccessModes.Write) != 0 ? WatchEvents.CloseWrite : WatchEvents.CloseNoWrite);

    private void Tell(OpenFile opened, WatchEvents events)
    {
        bool isUnlinked = opened.Operations.Stat(opened, out FileStat stat) != Errno.Success || stat.Links == 0;
        if (_isEarlier && _name is null && !isUnlinked)
        {
            _name = table.FindName(file, ref _searched);
        }

        table.Happened(_name?.Directory, _name?.Name, file, events | kind, isUnlinked);
    }
}
