using System.Globalization;
using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.Proc;

/// <summary>The top: what the box says of itself, and its processes.</summary>
internal sealed class ProcRoot : ProcDirectory
{
    private const ulong FirstProcess = 64;

    private readonly Process? _viewer;

    public ProcRoot(ProcFileSystem tree, Process? viewer)
        : base(tree, ProcNumber.Of(ProcKind.Root), 0x16D, null, null)
    {
        _viewer = viewer;
        IsPerProcess = viewer is null;
    }

    public override Inode Bind(Process process) => new ProcRoot(Tree, process);

    public override Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
    {
        if (name[0] is not (>= (byte)'0' and <= (byte)'9'))
        {
            return base.Lookup(name, out child);
        }

        child = null;
        if (ProcText.TryParse(name, out int id) && Tree.Find(_viewer, id) is { } found)
        {
            child = new ProcProcess(Tree, this, _viewer, found);
        }

        return child is null ? Errno.NoEnt : Errno.Success;
    }

    public override IEnumerable<ProcEntry> Entries()
    {
        ulong place = 0;
        foreach ((string name, Inode inode) in Fixed())
        {
            yield return new ProcEntry(Encoding.UTF8.GetBytes(name), ++place, inode);
        }

        foreach (ProcessStat stat in Tree.List(_viewer))
        {
            byte[] name = Encoding.UTF8.GetBytes(stat.Id.ToString(CultureInfo.InvariantCulture));
            yield return new ProcEntry(name, FirstProcess + (ulong)stat.Id, new ProcProcess(Tree, this, _viewer, stat));
        }
    }

    private IEnumerable<(string Name, Inode Inode)> Fixed()
    {
        yield return ("self", ProcLink.Unbound(
            Tree, ProcNumber.Of(ProcKind.Self), null, viewer => Tree.Find(viewer, viewer.Id) is null ? null : ProcText.Of($"{viewer.Id}")));
        yield return ("thread-self", ProcLink.Unbound(
            Tree, ProcNumber.Of(ProcKind.ThreadSelf), null, viewer => Tree.Find(viewer, viewer.Id) is null ? null : ProcText.Of($"{viewer.Id}/task/{ProcProcess.FirstThread(viewer)}")));
        yield return ("mounts", ProcLink.Unbound(Tree, ProcNumber.Of(ProcKind.MountsLink), null, static _ => ProcText.Of($"self/mounts")));
        foreach ((string name, Func<byte[]> make) in BoxTexts.All(Tree, _viewer))
        {
            yield return (name, new ProcFile(Tree, ProcNumber.Of(ProcKind.Box, place: BoxTexts.PlaceOf(name)), 0x124, null, make));
        }

        yield return ("sys", new ProcFolder(Tree, ProcNumber.Of(ProcKind.Sys), this, sys =>
        [
            ("kernel", new ProcFolder(Tree, ProcNumber.Of(ProcKind.SysKernel), sys, _ => BoxTexts.Settings(Tree)
                .Select((setting, i) => (setting.Name, (Inode)new ProcFile(Tree, ProcNumber.Of(ProcKind.SysFile, place: i), 0x124, null, setting.Make))))),
        ]));
    }
}
