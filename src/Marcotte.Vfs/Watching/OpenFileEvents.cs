using Marcotte.Core;

namespace Marcotte.Vfs.Watching;

/// <summary>Tells the table what happens through an open file, under the name that it was opened by.</summary>
internal sealed class OpenFileEvents(WatchTable table, InodeKey? directory, byte[] name, InodeKey file, WatchEvents kind) : FileEvents
{
    public override void Accessed(OpenFile file) => Tell(file, WatchEvents.Access);

    public override void Modified(OpenFile file) => Tell(file, WatchEvents.Modify);

    public override void Changed(OpenFile file) => Tell(file, WatchEvents.Attributes);

    public override void Closed(OpenFile file) =>
        Tell(file, (file.Access & AccessModes.Write) != 0 ? WatchEvents.CloseWrite : WatchEvents.CloseNoWrite);

    private void Tell(OpenFile opened, WatchEvents events)
    {
        bool isUnlinked = opened.Operations.Stat(opened, out FileStat stat) != Errno.Success || stat.Links == 0;
        table.Happened(directory, name, file, events | kind, isUnlinked);
    }
}
