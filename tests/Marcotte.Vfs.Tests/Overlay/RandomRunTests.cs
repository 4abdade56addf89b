using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Memory;
using Marcotte.Vfs.Tests.Host;

namespace Marcotte.Vfs.Tests.Overlay;

/// <summary>
/// Random operations on an overlay and on a plain memory tree of the same content: every outcome must be the same, and
/// at the end the whole tree.
/// </summary>
internal sealed class RandomRunTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    [Test]
    public void OverlayBehavesAsAPlainTree([Values(LowerKind.Memory, LowerKind.Host)] LowerKind kind, [Range(1, 6)] int seed)
    {
        using OverlayBox overlay = new(kind, box => Fill(box, seed, 1), box => Fill(box, seed, 2));
        using MountedBox plain = new(new MadeSource(static kernel => new MemoryFileSystem(kernel)));
        Copy(overlay.Box, plain);
        Assert.That(OverlayBox.Describe(overlay.Box, withTimes: false), Is.EqualTo(OverlayBox.Describe(plain, withTimes: false)));

        Random random = new(seed);
        List<(OpenFile Overlay, OpenFile Plain)> open = [];
        List<string> log = [];
        int steps = kind == LowerKind.Memory ? 5000 : 1500;
        for (int step = 0; step < steps; step++)
        {
            (string what, Func<MountedBox, FileSystem, string> operation) = Choose(random);
            string expected = operation(plain, plain.Mounted);
            string actual = operation(overlay.Box, overlay.Overlay);
            log.Add($"{what}: {expected}");
            Assert.That(actual, Is.EqualTo(expected), () => $"step {step}\n" + string.Join('\n', log.TakeLast(40)));
            Handle(overlay.Box, plain, random, open, log);
        }

        open.ForEach(static pair => pair.Overlay.Release());
        open.ForEach(static pair => pair.Plain.Release());
        Assert.That(OverlayBox.Describe(overlay.Box, withTimes: false), Is.EqualTo(OverlayBox.Describe(plain, withTimes: false)));
        Assert.That(overlay.Overlay.CopyUpRenamed(), Is.EqualTo(Errno.Success));
        Assert.That(OverlayBox.Describe(overlay.Box, withTimes: false), Is.EqualTo(OverlayBox.Describe(plain, withTimes: false)));
        Empty(overlay, plain);
    }

    /// <summary>All that was made goes again, and what it held comes back.</summary>
    private static void Empty(OverlayBox overlay, MountedBox plain)
    {
        foreach (MountedBox box in new[] { overlay.Box, plain })
        {
            Remove(box, "");
            Assert.That(box.List("/"), Is.Empty);
        }

        Assert.That(overlay.Box.Kernel.FileBytes.Used, Is.Zero);
    }

    private static void Remove(MountedBox box, string path)
    {
        foreach (string name in box.List(path.Length == 0 ? "/" : path))
        {
            string child = $"{path}/{name}";
            if (box.Unlink(child) == Errno.IsDir)
            {
                Remove(box, child);
                Assert.That(box.RemoveDirectory(child), Is.EqualTo(Errno.Success), child);
            }
        }
    }

    private static (string What, Func<MountedBox, FileSystem, string> Operation) Choose(Random random)
    {
        string path = Path(random);
        string other = Path(random);
        string text = new('t', random.Next(20));
        int number = random.Next(0x1FF);
        return random.Next(14) switch
        {
            0 => ($"write {path} {text.Length}", (box, _) => Write(box, path, text, OpenFlags.Create | OpenFlags.Truncate, StatusFlags.None)),
            1 => ($"append {path}", (box, _) => Write(box, path, text + "+", OpenFlags.None, StatusFlags.Append)),
            2 => ($"mkdir {path}", (box, _) => box.MakeDirectory(path).ToString()),
            3 => ($"rmdir {path}", (box, _) => box.RemoveDirectory(path).ToString()),
            4 or 5 => ($"unlink {path}", (box, _) => box.Unlink(path).ToString()),
            6 or 7 or 8 => ($"rename {path} {other}", (box, _) => box.Rename(path, other).ToString()),
            9 => ($"link {path} {other}", (box, _) => box.Link(path, other).ToString()),
            10 => ($"symlink {path}", (box, _) => box.SymbolicLink(other, path).ToString()),
            11 => ($"chmod {path} {number}", (_, tree) => Change(tree, path, inode => inode.SetMode((ushort)number))),
            12 => ($"chown {path} {number}", (_, tree) => Change(tree, path, inode => inode.SetOwner(new OwnerUpdate((uint)number, 0)))),
            _ => ($"look {path}", (box, _) => Look(box, path)),
        };
    }

    /// <summary>Now and then opens a file, or does something with one that is open.</summary>
    private static void Handle(MountedBox overlay, MountedBox plain, Random random, List<(OpenFile Overlay, OpenFile Plain)> open, List<string> log)
    {
        string path = Path(random);
        if (random.Next(6) == 0 && open.Count < 8)
        {
            AccessModes access = random.Next(3) == 0 ? AccessModes.ReadWrite : AccessModes.Read;
            Errno expected = plain.Open(path, OpenFlags.None, access, out OpenFile? second, follow: false);
            Assert.That(overlay.Open(path, OpenFlags.None, access, out OpenFile? first, follow: false), Is.EqualTo(expected), path);
            if (expected == Errno.Success && second!.Operations.Type == FileType.Regular)
            {
                log.Add($"open {path} {access}");
                open.Add((first!, second));
            }
            else
            {
                first?.Release();
                second?.Release();
            }
        }
        else if (open.Count > 0 && random.Next(3) == 0)
        {
            int index = random.Next(open.Count);
            (OpenFile first, OpenFile second) = open[index];
            long time = random.Next();
            bool changes = random.Next(4) == 0;
            byte[] bytes = [(byte)('A' + random.Next(26))];
            Assert.That(Use(first, bytes, changes, time), Is.EqualTo(Use(second, bytes, changes, time)), () => string.Join('\n', log.TakeLast(40)));
            if (random.Next(4) == 0)
            {
                first.Release();
                second.Release();
                open.RemoveAt(index);
            }
        }
    }

    private static string Use(OpenFile file, byte[] bytes, bool changes, long time)
    {
        Errno written = file.WriteAt(bytes, 2, out _);
        Errno changed = changes ? file.Operations.SetTimes(file, new TimeUpdate(time, time)) : Errno.Success;
        Errno described = file.Operations.Stat(file, out FileStat stat);
        string content = (file.Access & AccessModes.Read) != 0 ? MountedBox.ReadAll(file) : "";
        return $"{written} {changed} {described} {stat.Links} {stat.Size} {(changes ? stat.ModifyTime : 0)} {content}";
    }

    private static string Write(MountedBox box, string path, string text, OpenFlags flags, StatusFlags status)
    {
        Errno errno = box.Open(path, flags, AccessModes.Write, out OpenFile? file, status);
        if (errno == Errno.Success && text.Length > 0)
        {
            errno = file!.Write(Encoding.UTF8.GetBytes(text), out _);
        }

        file?.Release();
        return errno.ToString();
    }

    private static string Change(FileSystem tree, string path, Func<Inode, Errno> change)
    {
        Inode inode = tree.Root.Acquire();
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            Errno errno = inode.Lookup(Encoding.UTF8.GetBytes(name), out Inode? child);
            inode.Release();
            if (errno != Errno.Success)
            {
                return errno.ToString();
            }

            inode = child!;
        }

        string outcome = inode.Type == FileType.SymbolicLink ? "a link" : change(inode).ToString();
        inode.Release();
        return outcome;
    }

    private static string Look(MountedBox box, string path)
    {
        Errno errno = box.Stat(path, out FileStat stat, follow: false);
        string seen = $"{errno} {stat.Type} {stat.Mode} {stat.UserId} {(stat.Type == FileType.Directory ? 0 : stat.Links)}";
        return stat.Type switch
        {
            FileType.Directory => seen + string.Join(' ', box.List(path)),
            FileType.Regular => $"{seen} {stat.Size} {box.Read(path)}",
            _ => seen,
        };
    }

    private static string Path(Random random)
    {
        StringBuilder path = new();
        for (int depth = random.Next(1, 4); depth > 0; depth--)
        {
            path.Append('/').Append(Names[random.Next(Names.Length)]);
        }

        return path.ToString();
    }

    private static void Fill(MountedBox box, int seed, int layer)
    {
        Random random = new((seed * 10) + layer);
        for (int i = 0; i < 60; i++)
        {
            string path = Path(random);
            switch (random.Next(4))
            {
                case 0:
                    Write(box, path, $"{layer}{path}", OpenFlags.Create, StatusFlags.None);
                    break;
                case 1 or 2:
                    box.MakeDirectory(path);
                    break;
                default:
                    box.SymbolicLink("a", path);
                    break;
            }
        }
    }

    /// <summary>Makes a tree what another is.</summary>
    private static void Copy(MountedBox from, MountedBox to)
    {
        Stack<string> open = new([""]);
        while (open.TryPop(out string? path))
        {
            foreach (string child in from.List(path.Length == 0 ? "/" : path).Select(name => $"{path}/{name}"))
            {
                FileStat stat = from.Stat(child, follow: false);
                if (stat.Type == FileType.Directory)
                {
                    to.MakeDirectory(child, stat.Mode);
                    open.Push(child);
                }
                else if (stat.Type == FileType.SymbolicLink)
                {
                    from.ReadLink(child, out string target);
                    to.SymbolicLink(target, child);
                }
                else
                {
                    Write(to, child, from.Read(child), OpenFlags.Create, StatusFlags.None);
                }

                Change(to.Mounted, child, inode => inode.SetMode(stat.Mode));
            }
        }
    }
}
