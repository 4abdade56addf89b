using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Memory;
using Marcotte.Vfs.Overlay;
using Marcotte.Vfs.Tests.Host;

namespace Marcotte.Vfs.Tests.Overlay;

/// <summary>File systems that a test has made.</summary>
internal sealed class MadeSource(Func<Kernel, FileSystem> make) : FileSystemSource
{
    public override FileSystem Open(Kernel kernel) => make(kernel);
}

/// <summary>What the lower layers of a test are.</summary>
public enum LowerKind
{
    /// <summary>A memory tree, which does not change from outside.</summary>
    Memory,

    /// <summary>A directory of the host, whose inodes are counted.</summary>
    Host,
}

/// <summary>A lower layer, filled by paths.</summary>
internal sealed class TestLayer : IDisposable
{
    private readonly TestTree? _directory;

    internal TestLayer(LowerKind kind = LowerKind.Memory)
    {
        _directory = kind == LowerKind.Host ? new TestTree(Driver.Linux) : null;
        FileSystem? tree = null;
        Fill = new MountedBox(_directory?.Source() ?? new MadeSource(kernel => tree = new MemoryFileSystem(kernel)));
        Source = _directory?.Source(readOnly: true) ?? new MadeSource(_ => tree!);
    }

    /// <summary>Writes to it, as long as nothing is mounted over it.</summary>
    internal MountedBox Fill { get; }

    internal FileSystemSource Source { get; }

    public void Dispose()
    {
        Fill.Dispose();
        Source.Dispose();
        _directory?.Dispose();
    }
}

/// <summary>A box with an overlay at the top.</summary>
internal sealed class OverlayBox : IDisposable
{
    private readonly List<TestLayer> _layers = [];

    /// <summary>Lays an overlay over layers that are filled here, the lowest first.</summary>
    internal OverlayBox(LowerKind kind, params Action<MountedBox>[] layers)
        : this(kind, null, null, layers)
    {
    }

    internal OverlayBox(LowerKind kind, Limits? limits, FileSystem? upper, params Action<MountedBox>[] layers)
    {
        foreach (Action<MountedBox> fill in layers)
        {
            TestLayer layer = new(kind);
            fill(layer.Fill);
            _layers.Add(layer);
        }

        Before = [.. _layers.Select(static layer => Describe(layer.Fill))];
        OverlayFileSystem? overlay = null;
        Box = new MountedBox(
            new MadeSource(kernel => overlay = new OverlayFileSystem(
                upper ?? new MemoryFileSystem(kernel), _layers.Select(layer => layer.Source.Open(kernel)))),
            limits: limits);
        Overlay = overlay!;
        UpperBox = new MountedBox(new MadeSource(_ => Overlay.Upper));
    }

    internal MountedBox Box { get; }

    internal OverlayFileSystem Overlay { get; }

    /// <summary>The upper layer alone.</summary>
    internal MountedBox UpperBox { get; }

    private string[] Before { get; }

    public void Dispose()
    {
        AssertLowersUntouched();
        Box.Dispose();
        UpperBox.Dispose();
        _layers.ForEach(static layer => layer.Dispose());
    }

    /// <summary>The inode at a path, without following links; never given back.</summary>
    internal Inode Find(string path) => Find(Overlay.Root, path);

    internal static Inode Find(Inode root, string path)
    {
        Inode inode = root;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.That(inode.Lookup(Encoding.UTF8.GetBytes(name), out Inode? child), Is.EqualTo(Errno.Success), path);
            inode = child!;
        }

        return inode;
    }

    internal Errno Rename(string from, string to, RenameMode mode) => Parent(from, out byte[] name).Rename(name, Parent(to, out byte[] toName), toName, mode);

    internal void AssertLowersUntouched() =>
        Assert.That(_layers.Select(static layer => Describe(layer.Fill)), Is.EqualTo(Before), "lower layers are only read");

    /// <summary>A tree as text: each path with kind, mode, owner, names, size, time of change and content. Directories' times of access and names' order do not count.</summary>
    internal static string Describe(MountedBox box, bool withTimes = true)
    {
        StringBuilder text = new();
        Stack<string> open = new([""]);
        while (open.TryPop(out string? path))
        {
            FileStat stat = box.Stat(path.Length == 0 ? "/" : path, follow: false);
            text.Append(path).Append(' ').Append(stat.Type).Append(' ').Append(stat.Mode).Append(' ').Append(stat.UserId);
            if (withTimes)
            {
                text.Append(' ').Append(stat.ModifyTime).Append(' ').Append(stat.ChangeTime);
            }

            switch (stat.Type)
            {
                case FileType.Directory:
                    box.List(path.Length == 0 ? "/" : path).AsEnumerable().Reverse().ToList().ForEach(name => open.Push($"{path}/{name}"));
                    break;
                case FileType.SymbolicLink:
                    box.ReadLink(path, out string target);
                    text.Append(" -> ").Append(target);
                    break;
                default:
                    text.Append(' ').Append(stat.Links).Append(' ').Append(stat.Size).Append(' ').Append(box.Read(path));
                    break;
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    private Inode Parent(string path, out byte[] name)
    {
        int slash = path.LastIndexOf('/');
        name = Encoding.UTF8.GetBytes(path[(slash + 1)..]);
        return Find(path[..slash]);
    }
}
