using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Memory;

namespace Marcotte.Vfs.Tests.Memory;

/// <summary>A memory tree addressed by strings, with no box around it.</summary>
internal sealed class Tree : IDisposable
{
    private static readonly Creation NewFile = new(0x1A4, 0, 0);

    public Tree(TreeSnapshot? snapshot = null, Limits? limits = null, long? maxBytes = null)
    {
        Kernel = new Kernel(limits ?? Limits.Default) { Clock = Clock };
        Files = snapshot is null ? new MemoryFileSystem(Kernel, maxBytes) : new MemoryFileSystem(Kernel, snapshot, maxBytes);
    }

    public TestClock Clock { get; } = new();

    public Kernel Kernel { get; }

    public MemoryFileSystem Files { get; }

    public void Dispose()
    {
        Files.Dispose();
        Kernel.Dispose();
    }

    public Inode? Find(string path)
    {
        Inode? inode = Files.Root;
        foreach (string name in Names(path))
        {
            if (inode!.Lookup(Encoding.UTF8.GetBytes(name), out inode) != Errno.Success)
            {
                return null;
            }
        }

        return inode;
    }

    public Inode Get(string path) => Find(path) ?? throw new AssertionException($"{path} is not there.");

    public FileStat Stat(string path)
    {
        Assert.That(Get(path).Stat(out FileStat stat), Is.EqualTo(Errno.Success), path);
        return stat;
    }

    public Errno MakeDirectory(string path) => Parent(path, out byte[] name)?.MakeDirectory(name, new Creation(0x1ED, 0, 0)) ?? Errno.NoEnt;

    public Errno Link(string from, string to) =>
        Find(from) is { } file && Parent(to, out byte[] name) is { } directory ? directory.Link(name, file) : Errno.NoEnt;

    public Errno SymbolicLink(string content, string path) =>
        Parent(path, out byte[] name)?.SymbolicLink(name, Encoding.UTF8.GetBytes(content), NewFile) ?? Errno.NoEnt;

    public Errno Unlink(string path) => Parent(path, out byte[] name)?.Unlink(name) ?? Errno.NoEnt;

    public Errno RemoveDirectory(string path) => Parent(path, out byte[] name)?.RemoveDirectory(name) ?? Errno.NoEnt;

    public Errno Hide(string path) => Parent(path, out byte[] name)?.HideName(name) ?? Errno.NoEnt;

    public Errno Rename(string from, string to, RenameMode mode = RenameMode.Replace) =>
        Parent(from, out byte[] name) is { } source && Parent(to, out byte[] newName) is { } target
            ? source.Rename(name, target, newName, mode)
            : Errno.NoEnt;

    public OpenFile Open(string path, bool truncate = false)
    {
        Assert.That(Get(path).Open(new InodeOpen(AccessModes.ReadWrite, StatusFlags.None, truncate), out OpenFile? file), Is.EqualTo(Errno.Success), path);
        return file!;
    }

    public Errno Create(string path, out OpenFile? file)
    {
        file = null;
        return Parent(path, out byte[] name)?.Create(name, NewFile, new InodeOpen(AccessModes.ReadWrite, StatusFlags.None), out file) ?? Errno.NoEnt;
    }

    /// <summary>Makes a file, or replaces its content.</summary>
    public void Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));

    public void Write(string path, byte[] content)
    {
        OpenFile file = Create(path, out OpenFile? made) == Errno.Success ? made! : Open(path, truncate: true);
        if (content.Length > 0)
        {
            Assert.That(file.Write(content, out int count), Is.EqualTo(Errno.Success));
            Assert.That(count, Is.EqualTo(content.Length));
        }

        file.Release();
    }

    public byte[] ReadBytes(string path)
    {
        OpenFile file = Open(path);
        byte[] buffer = new byte[Stat(path).Size];
        Assert.That(file.ReadAt(buffer, 0, out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(buffer.Length));
        file.Release();
        return buffer;
    }

    public string Read(string path) => Encoding.UTF8.GetString(ReadBytes(path));

    public List<string> List(string path)
    {
        Assert.That(Get(path).List(out DirectoryListing? listing), Is.EqualTo(Errno.Success));
        List<string> names = [];
        for (ulong cookie = 0; listing!.Read(cookie, out DirectoryEntry entry) == Errno.Success && !entry.IsEnd; cookie = entry.Next)
        {
            names.Add(Encoding.UTF8.GetString(entry.Name.Span));
        }

        listing.Dispose();
        return names;
    }

    /// <summary>Every path with all that can be seen of it, but for times of access and numbers.</summary>
    public string Describe()
    {
        StringBuilder text = new();
        Describe("", text);
        return text.ToString();
    }

    /// <summary>Removes all there is.</summary>
    public void Clear(string path = "")
    {
        foreach (string name in List(path + "/"))
        {
            string child = $"{path}/{name}";
            if (Get(child).IsDirectory)
            {
                Clear(child);
                Assert.That(RemoveDirectory(child), Is.EqualTo(Errno.Success));
            }
            else
            {
                Assert.That(Unlink(child), Is.EqualTo(Errno.Success));
            }
        }
    }

    private static string[] Names(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private Inode? Parent(string path, out byte[] name)
    {
        string[] names = Names(path);
        name = Encoding.UTF8.GetBytes(names[^1]);
        return Find(string.Join('/', names[..^1])) is { IsDirectory: true } directory ? directory : null;
    }

    private void Describe(string path, StringBuilder text)
    {
        foreach (string name in List(path + "/").Order(StringComparer.Ordinal))
        {
            string child = $"{path}/{name}";
            FileStat stat = Stat(child);
            text.Append(child).Append(CultureInfo.InvariantCulture, $" {stat.Type} {stat.Mode:x} {stat.UserId}:{stat.GroupId} links {stat.Links} size {stat.Size} at {stat.ModifyTime},{stat.ChangeTime}");
            switch (stat.Type)
            {
                case FileType.Regular:
                    text.Append(' ').Append(Convert.ToHexString(SHA256.HashData(ReadBytes(child)).AsSpan(0, 8))).Append('\n');
                    break;
                case FileType.SymbolicLink:
                    byte[] target = new byte[100];
                    Get(child).ReadLink(target, out int count);
                    text.Append(' ').Append(Encoding.UTF8.GetString(target, 0, count)).Append('\n');
                    break;
                case FileType.Directory:
                    text.Append(Get(child).IsOpaque ? " opaque\n" : "\n");
                    Describe(child, text);
                    break;
                default:
                    text.Append('\n');
                    break;
            }
        }
    }
}
