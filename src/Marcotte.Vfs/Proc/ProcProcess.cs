using System.Globalization;
using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Devices;

namespace Marcotte.Vfs.Proc;

/// <summary>The directory of a process.</summary>
internal sealed class ProcProcess : ProcDirectory
{
    private readonly Process? _viewer;
    private readonly int _id;

    public ProcProcess(ProcFileSystem tree, Inode root, Process? viewer, ProcessStat stat)
        : base(tree, ProcNumber.Of(ProcKind.Process, stat.Id), 0x16D, stat.Process, root)
    {
        _viewer = viewer;
        _id = stat.Id;
    }

    /// <summary>The number of a process's first thread.</summary>
    public static int FirstThread(Process process) => process.Threads is [{ } first, ..] ? first.Id : process.Id;

    public override IEnumerable<ProcEntry>? Entries() => Find() is { } stat
        ? Named(stat).Select(static (entry, i) => new ProcEntry(Encoding.UTF8.GetBytes(entry.Name), (ulong)i + 1, entry.Inode))
        : null;

    private IEnumerable<(string Name, Inode Inode)> Named(ProcessStat stat)
    {
        yield return ("cmdline", File(0, 0x124, static stat => stat.Process?.Arguments.Block.ToArray() ?? []));
        yield return ("comm", File(1, 0x124, static stat => [.. ProcessTexts.Command(stat.Process), (byte)'\n']));
        yield return ("environ", File(2, 0x100, static stat => stat.Process?.Variables.Block.ToArray() ?? []));
        yield return ("limits", File(3, 0x124, stat => ProcessTexts.Limits(_viewer, stat)));
        yield return ("maps", File(4, 0x124, static _ => []));
        yield return ("mounts", File(5, 0x124, static stat => MountTexts.Of(stat.Process)));
        yield return ("stat", File(6, 0x124, stat => ProcessTexts.Stat(stat, _id)));
        yield return ("status", File(7, 0x124, stat => ProcessTexts.Status(stat, _id)));
        yield return ("fd", new ProcDescriptors(Tree, this, _id, stat.Process));
        yield return ("task", new ProcTasks(Tree, this, _viewer, _id, stat.Process));
        if (stat.Process is not { } process)
        {
            yield break;
        }

        yield return ("cwd", ProcMagicLink.Unbound(
            Tree, ProcNumber.Of(ProcKind.WorkingDirectory, _id), process, viewer => ProcPaths.OfWorking(viewer, process), (out target) => ProcPaths.EnterWorking(process, out target)));
        yield return ("exe", ProcLink.Unbound(
            Tree, ProcNumber.Of(ProcKind.Program, _id), process, _ => process.ProgramPath.IsEmpty ? null : process.ProgramPath.ToArray()));
        yield return ("root", ProcMagicLink.Unbound(
            Tree, ProcNumber.Of(ProcKind.RootDirectory, _id), process, viewer => ProcPaths.OfRoot(viewer, process), (out target) => ProcPaths.EnterRoot(process, out target)));
    }

    /// <summary>It as it is now; null when it is gone, or another one has its number.</summary>
    private ProcessStat? Find() =>
        Tree.Find(_viewer, _id) is { } stat && (stat.Process is null || ReferenceEquals(stat.Process, Owner)) ? stat : null;

    private ProcFile File(int place, ushort mode, Func<ProcessStat, byte[]> make) =>
        new(Tree, ProcNumber.Of(ProcKind.File, _id, place), mode, Owner, () => Find() is { } stat ? make(stat) : null);
}

/// <summary>The threads of a process.</summary>
internal sealed class ProcTasks(ProcFileSystem tree, Inode parent, Process? viewer, int id, Process? process)
    : ProcDirectory(tree, ProcNumber.Of(ProcKind.Tasks, id), 0x16D, process, parent)
{
    public override IEnumerable<ProcEntry> Entries()
    {
        int[] threads = Owner is null || Owner.Threads.IsEmpty ? [id] : Numbers(Owner.Threads);
        return threads.Order().Select(thread => new ProcEntry(
            Encoding.UTF8.GetBytes(thread.ToString(CultureInfo.InvariantCulture)),
            (ulong)thread + 1,
            new ProcFolder(Tree, ProcNumber.Of(ProcKind.Task, thread, id), this, _ =>
            [
                ("cmdline", File(thread, 0, static (stat, _) => stat.Process?.Arguments.Block.ToArray() ?? [])),
                ("comm", File(thread, 1, static (stat, _) => [.. ProcessTexts.Command(stat.Process), (byte)'\n'])),
                ("stat", File(thread, 2, ProcessTexts.Stat)),
                ("status", File(thread, 3, ProcessTexts.Status)),
            ])));
    }

    private static int[] Numbers(ReadOnlySpan<GuestThread> threads)
    {
        int[] numbers = new int[threads.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = threads[i].Id;
        }

        return numbers;
    }

    private ProcFile File(int thread, int place, Func<ProcessStat, int, byte[]> make) => new(
        Tree, ProcNumber.Of(ProcKind.TaskFile, thread, place), 0x124, Owner, () => Tree.Find(viewer, id) is { } stat ? make(stat, thread) : null);
}

/// <summary>The descriptors of a process, as links to what is open.</summary>
internal sealed class ProcDescriptors(ProcFileSystem tree, Inode parent, int id, Process? process)
    : ProcDirectory(tree, ProcNumber.Of(ProcKind.Descriptors, id), 0x140, process, parent)
{
    public override Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
    {
        bool isOpen = ProcText.TryParse(name, out int number) && Owner is not null && Owner.Descriptors.TryGet(number, out _);
        child = isOpen ? LinkOf(number) : null;
        return isOpen ? Errno.Success : Errno.NoEnt;
    }

    public override IEnumerable<ProcEntry> Entries()
    {
        for (int number = 0; Owner is not null && number < Owner.Kernel.Limits.Descriptors; number++)
        {
            if (Owner.Descriptors.TryGet(number, out _))
            {
                yield return new ProcEntry(Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)), (ulong)number + 1, LinkOf(number));
            }
        }
    }

    private ProcMagicLink LinkOf(int number) => ProcMagicLink.Unbound(
        Tree, ProcNumber.Of(ProcKind.Descriptor, id, number), Owner!, viewer => ProcPaths.OfDescriptor(viewer, Owner!, number), (out target) => Jump(number, out target));

    /// <summary>Goes to the file itself; where nothing but the open file leads to it, to that.</summary>
    private Errno Jump(int number, out Location target)
    {
        Errno errno = ProcPaths.EnterDescriptor(Owner!, number, out target);
        if (errno == Errno.NotSup)
        {
            target = new Location(null!, new DescriptorInode(Tree, Owner!, number, ProcNumber.Of(ProcKind.DescriptorTarget, id, number)));
            errno = Errno.Success;
        }

        return errno;
    }
}
