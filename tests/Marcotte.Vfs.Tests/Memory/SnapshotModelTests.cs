using System.Globalization;
using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Memory;

namespace Marcotte.Vfs.Tests.Memory;

/// <summary>Random changes to many trees of one another's snapshots, each held against a plain dictionary of its own.</summary>
internal sealed class SnapshotModelTests
{
    private const int Operations = 12_000;
    private const int Trees = 4;
    private const int MostBytes = 40_000;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void TreesAreWhatTheirModelsSay(int seed)
    {
        Random random = new(seed);
        List<(Tree Tree, Model Model)> trees = [(new Tree(), new Model())];
        List<(TreeSnapshot Snapshot, Model Model)> snapshots = [];
        for (int i = 0; i < Operations; i++)
        {
            int at = random.Next(trees.Count);
            (Tree tree, Model model) = trees[at];
            switch (random.Next(100))
            {
                case 0:
                    snapshots.Add((tree.Files.Snapshot(), model.Copy()));
                    if (snapshots.Count > 6)
                    {
                        snapshots.RemoveAt(random.Next(6));
                    }

                    break;
                case 1 when snapshots.Count > 0:
                    (TreeSnapshot snapshot, Model kept) = snapshots[random.Next(snapshots.Count)];
                    if (trees.Count < Trees)
                    {
                        trees.Add((new Tree(snapshot), kept.Copy()));
                    }
                    else if (random.Next(2) == 0)
                    {
                        tree.Dispose();
                        trees[at] = (new Tree(snapshot), kept.Copy());
                    }
                    else
                    {
                        tree.Files.Restore(snapshot);
                        trees[at] = (tree, kept.Copy());
                    }

                    break;
                case 2:
                    Assert.That(Text(tree, ""), Is.EqualTo(model.Text()), $"operation {i}");
                    Assert.That(tree.Kernel.Inodes.Used, Is.EqualTo(model.Names.Count), $"operation {i}");
                    break;
                default:
                    Step(tree, model, random, i);
                    break;
            }
        }

        foreach ((TreeSnapshot snapshot, Model model) in snapshots)
        {
            using Tree tree = new(snapshot);
            Assert.That(Text(tree, ""), Is.EqualTo(model.Text()));
            Assert.That(snapshot.Count, Is.EqualTo(model.Names.Count));
        }

        foreach ((Tree tree, Model model) in trees)
        {
            Assert.That(Text(tree, ""), Is.EqualTo(model.Text()));
            tree.Clear();
            Assert.That((tree.Kernel.Inodes.Used, tree.Kernel.FileBytes.Used), Is.EqualTo((0L, 0L)));
            TreeSnapshot empty = tree.Files.Snapshot();
            Assert.That((empty.Count, empty.Bytes), Is.EqualTo((0L, 0L)));
            tree.Dispose();
        }
    }

    private static void Step(Tree tree, Model model, Random random, int step)
    {
        string path = Path(random);
        string other = Path(random);
        (Errno actual, Errno expected) = random.Next(12) switch
        {
            0 or 1 => (Create(tree, path), model.Create(path)),
            2 => (tree.MakeDirectory(path), model.MakeDirectory(path)),
            3 => (tree.Unlink(path), model.Unlink(path)),
            4 => (tree.RemoveDirectory(path), model.RemoveDirectory(path)),
            5 => (tree.Link(path, other), model.Link(path, other)),
            6 => (tree.Rename(path, other), model.Rename(path, other, RenameMode.Replace)),
            7 => (tree.Rename(path, other, RenameMode.NoReplace), model.Rename(path, other, RenameMode.NoReplace)),
            8 => (tree.Rename(path, other, RenameMode.Exchange), model.Rename(path, other, RenameMode.Exchange)),
            _ => ChangeFile(tree, model, path, other, random),
        };
        Assert.That(actual, Is.EqualTo(expected), $"operation {step}: {path} {other}");
    }

    private static Errno Create(Tree tree, string path)
    {
        Errno errno = tree.Create(path, out OpenFile? file);
        file?.Release();
        return errno;
    }

    private static (Errno Actual, Errno Expected) ChangeFile(Tree tree, Model model, string path, string other, Random random)
    {
        if (tree.Find(path) is not { Type: FileType.Regular })
        {
            return (Errno.Success, model.Names.GetValueOrDefault(path) is Model.File ? Errno.NoEnt : Errno.Success);
        }

        Model.File content = (Model.File)model.Names[path];
        OpenFile file = tree.Open(path);
        int offset = random.Next(MostBytes);
        int length = random.Next(1, 9_000);
        switch (random.Next(6))
        {
            case 0 or 1:
                byte[] bytes = new byte[length];
                random.NextBytes(bytes);
                Assert.That(file.WriteAt(bytes, offset, out int count), Is.EqualTo(Errno.Success));
                Assert.That(count, Is.EqualTo(length));
                content.Write(offset, bytes);
                break;
            case 2:
                Assert.That(file.SetSize(offset), Is.EqualTo(Errno.Success));
                content.Resize(offset);
                break;
            case 3:
                Assert.That(file.Allocate(offset, length, Allocation.PunchHole), Is.EqualTo(Errno.Success));
                content.Zero(offset, Math.Min(length, content.Bytes.Length - offset));
                break;
            case 4:
                Allocation mode = random.Next(2) == 0 ? Allocation.ZeroRange : Allocation.Extend;
                Assert.That(file.Allocate(offset, length, mode), Is.EqualTo(Errno.Success));
                content.Resize(Math.Max(content.Bytes.Length, offset + length));
                content.Zero(offset, mode == Allocation.ZeroRange ? length : 0);
                break;
            default:
                if (tree.Find(other) is { Type: FileType.Regular } into && into != tree.Find(path))
                {
                    OpenFile target = tree.Open(other);
                    Assert.That(file.Operations.CopyRange(file, offset & ~4095, target, 4096 * random.Next(5), length, out long copied), Is.EqualTo(Errno.Success));
                    target.Release();

                    // Where to is not repeated: the next line reads it back, and the text of the whole tree is checked later.
                    ((Model.File)model.Names[other]).Bytes = tree.ReadBytes(other);
                    Assert.That(copied, Is.EqualTo(Math.Clamp(content.Bytes.Length - (offset & ~4095), 0, length)));
                }

                break;
        }

        file.Release();
        return (Errno.Success, Errno.Success);
    }

    /// <summary>One of few paths, so that they meet.</summary>
    private static string Path(Random random)
    {
        StringBuilder path = new();
        for (int depth = random.Next(1, 4); depth > 0; depth--)
        {
            path.Append('/').Append((char)('a' + random.Next(3)));
        }

        return path.ToString();
    }

    private static string Text(Tree tree, string path)
    {
        StringBuilder text = new();
        foreach (string name in tree.List(path + "/").Order(StringComparer.Ordinal))
        {
            string child = $"{path}/{name}";
            FileStat stat = tree.Stat(child);
            if (stat.Type == FileType.Directory)
            {
                text.Append(CultureInfo.InvariantCulture, $"{child} links {stat.Links}\n").Append(Text(tree, child));
            }
            else
            {
                text.Append(Model.Line(child, stat.Links, tree.ReadBytes(child)));
            }
        }

        return text.ToString();
    }

    /// <summary>A tree as a dictionary of paths.</summary>
    private sealed class Model
    {
        public SortedDictionary<string, object> Names { get; private init; } = new(StringComparer.Ordinal);

        public static string Line(string path, uint links, byte[] bytes)
        {
            HashCode hash = default;
            hash.AddBytes(bytes);
            return $"{path} links {links} size {bytes.Length} {hash.ToHashCode()}\n";
        }

        public Model Copy()
        {
            Dictionary<File, File> files = [];
            Model copy = new();
            foreach ((string path, object value) in Names)
            {
                if (value is not File file)
                {
                    copy.Names.Add(path, value);
                    continue;
                }

                if (!files.TryGetValue(file, out File? twin))
                {
                    files.Add(file, twin = new File { Bytes = [.. file.Bytes] });
                }

                copy.Names.Add(path, twin);
            }

            return copy;
        }

        public string Text() => string.Concat(Names.OrderBy(pair => pair.Key.Replace('/', '\x01'), StringComparer.Ordinal).Select(pair => pair.Value is File file
            ? Line(pair.Key, (uint)Names.Values.Count(other => other == file), file.Bytes)
            : $"{pair.Key} links {2 + Names.Count(other => other.Value is not File && Parent(other.Key) == pair.Key)}\n"));

        public Errno Create(string path) => Make(path, new File());

        public Errno MakeDirectory(string path) => Make(path, this);

        public Errno Link(string path, string other) =>
            !Names.TryGetValue(path, out object? value) || !HasParent(other) ? Errno.NoEnt : value is not File ? Errno.Perm : Make(other, value);

        public Errno Unlink(string path)
        {
            if (!Names.TryGetValue(path, out object? value))
            {
                return Errno.NoEnt;
            }

            return value is File ? Remove(path) : Errno.IsDir;
        }

        public Errno RemoveDirectory(string path)
        {
            if (!Names.TryGetValue(path, out object? value))
            {
                return Errno.NoEnt;
            }

            return value is File ? Errno.NotDir : HasChildren(path) ? Errno.NotEmpty : Remove(path);
        }

        public Errno Rename(string path, string other, RenameMode mode)
        {
            if (!Names.TryGetValue(path, out object? moved) || !HasParent(other))
            {
                return Errno.NoEnt;
            }

            object? replaced = Names.GetValueOrDefault(other);
            if (mode == RenameMode.NoReplace && replaced is not null)
            {
                return Errno.Exist;
            }

            if (mode == RenameMode.Exchange && replaced is null)
            {
                return Errno.NoEnt;
            }

            if (path == other || (moved is File && moved == replaced))
            {
                return Errno.Success;
            }

            if (other.StartsWith(path + "/", StringComparison.Ordinal))
            {
                return Errno.Inval;
            }

            if (path.StartsWith(other + "/", StringComparison.Ordinal))
            {
                return mode == RenameMode.Exchange ? Errno.Inval : Errno.NotEmpty;
            }

            if (mode == RenameMode.Exchange)
            {
                Move(path, "?");
                Move(other, path);
                Move("?", other);
                return Errno.Success;
            }

            Errno errno = replaced is null ? Errno.Success
                : moved is File ? replaced is File ? Errno.Success : Errno.IsDir
                : replaced is File ? Errno.NotDir
                : HasChildren(other) ? Errno.NotEmpty
                : Errno.Success;
            if (errno == Errno.Success)
            {
                Names.Remove(other);
                Move(path, other);
            }

            return errno;
        }

        private static string Parent(string path) => path[..path.LastIndexOf('/')];

        private Errno Make(string path, object value)
        {
            if (!HasParent(path))
            {
                return Errno.NoEnt;
            }

            return Names.TryAdd(path, value) ? Errno.Success : Errno.Exist;
        }

        private Errno Remove(string path)
        {
            Names.Remove(path);
            return Errno.Success;
        }

        private void Move(string path, string other)
        {
            foreach (string name in Names.Keys.Where(name => name == path || name.StartsWith(path + "/", StringComparison.Ordinal)).ToList())
            {
                object value = Names[name];
                Names.Remove(name);
                Names.Add(other + name[path.Length..], value);
            }
        }

        private bool HasParent(string path) =>
            Parent(path) is "" || (Names.TryGetValue(Parent(path), out object? parent) && parent is not File);

        private bool HasChildren(string path) => Names.Keys.Any(name => name.StartsWith(path + "/", StringComparison.Ordinal));

        /// <summary>A file, under however many names.</summary>
        public sealed class File
        {
            public byte[] Bytes { get; set; } = [];

            public void Write(int offset, byte[] bytes)
            {
                Resize(Math.Max(Bytes.Length, offset + bytes.Length));
                bytes.CopyTo(Bytes, offset);
            }

            public void Resize(int size)
            {
                byte[] bytes = Bytes;
                Array.Resize(ref bytes, size);
                Bytes = bytes;
            }

            public void Zero(int offset, int length)
            {
                if (length > 0)
                {
                    Bytes.AsSpan(offset, length).Clear();
                }
            }
        }
    }
}
