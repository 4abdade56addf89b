using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.Tests;

/// <summary>A box with a file system layer and one process, addressed by strings.</summary>
internal sealed class TestBox : IDisposable
{
    private readonly Layer _layer;

    public TestBox(Action<VfsOptions>? configure = null, Limits? limits = null, EntropySource? entropy = null)
    {
        VfsOptions options = new();
        (configure ?? (static options => options.MountMemory("/")))(options);
        _layer = options.Build(limits ?? Limits.Default);
        Kernel = new Kernel(limits ?? Limits.Default) { Clock = Clock, Entropy = entropy ?? EntropySource.None };
        _layer.Attach(Kernel);
        Process = new Process(Kernel, 1);
        _layer.Start(Process);
    }

    public Kernel Kernel { get; }

    public Process Process { get; set; }

    public TestClock Clock { get; } = new();

    public Vfs.Namespace Files => (Vfs.Namespace)Kernel.Files;

    /// <summary>Takes paths that start here instead of at the working directory.</summary>
    public OpenFile? At { get; set; }

    /// <summary>How paths are walked.</summary>
    public PathFlags Flags { get; set; } = PathFlags.Follow;

    public void Dispose()
    {
        Process.Close();
        Kernel.Dispose();
        _layer.Dispose();
    }

    public PathReference Path(string path) => Path(Encoding.UTF8.GetBytes(path));

    public PathReference Path(ReadOnlySpan<byte> path) => new(Process, At, path, Flags);

    public Errno TryOpen(string path, out OpenFile? file, OpenFlags flags = OpenFlags.None, AccessModes access = AccessModes.Read, StatusFlags status = StatusFlags.None) =>
        Files.Open(Path(path), new OpenRequest(flags, access, status), out file);

    public Errno TryOpen(string path, OpenFlags flags = OpenFlags.None, AccessModes access = AccessModes.Read)
    {
        Errno errno = TryOpen(path, out OpenFile? file, flags, access);
        file?.Release();
        return errno;
    }

    public OpenFile Open(string path, OpenFlags flags = OpenFlags.None, AccessModes access = AccessModes.Read, StatusFlags status = StatusFlags.None)
    {
        Errno errno = TryOpen(path, out OpenFile? file, flags, access, status);
        Assert.That(errno, Is.EqualTo(Errno.Success), path);
        return file!;
    }

    public OpenFile OpenDirectory(string path) => Open(path, OpenFlags.Directory);

    public OpenFile Create(string path) => Open(path, OpenFlags.Create, AccessModes.ReadWrite);

    public void Write(string path, string text)
    {
        OpenFile file = Open(path, OpenFlags.Create | OpenFlags.Truncate, AccessModes.Write);
        if (text.Length > 0)
        {
            Assert.That(file.Write(Encoding.UTF8.GetBytes(text), out _), Is.EqualTo(Errno.Success));
        }

        file.Release();
    }

    public string Read(string path)
    {
        OpenFile file = Open(path);
        byte[] buffer = new byte[65536];
        Assert.That(file.ReadAt(buffer, 0, out int count), Is.EqualTo(Errno.Success));
        file.Release();
        return Encoding.UTF8.GetString(buffer, 0, count);
    }

    public Errno TryStat(string path, out FileStat stat) => Files.Stat(Path(path), out stat);

    public Errno TryStat(string path) => TryStat(path, out _);

    public FileStat Stat(string path)
    {
        Assert.That(TryStat(path, out FileStat stat), Is.EqualTo(Errno.Success), path);
        return stat;
    }

    public FileStat LinkStat(string path)
    {
        PathReference reference = new(Process, At, Encoding.UTF8.GetBytes(path), Flags & ~PathFlags.Follow);
        Assert.That(Files.Stat(reference, out FileStat stat), Is.EqualTo(Errno.Success), path);
        return stat;
    }

    public Errno MakeDirectory(string path, ushort mode = 0x1ED) => Files.MakeDirectory(Path(path), mode);

    public Errno RemoveDirectory(string path) => Files.RemoveDirectory(Path(path));

    public Errno Unlink(string path) => Files.Unlink(Path(path));

    public Errno Rename(string from, string to) => Files.Rename(Path(from), Path(to));

    public Errno Link(string from, string to, bool follow = false) =>
        Files.Link(new PathReference(Process, At, Encoding.UTF8.GetBytes(from), follow ? Flags | PathFlags.Follow : Flags & ~PathFlags.Follow), Path(to));

    public Errno SymbolicLink(string content, string path) => Files.SymbolicLink(Encoding.UTF8.GetBytes(content), Path(path));

    public Errno ReadLink(string path, out string content)
    {
        byte[] buffer = new byte[5000];
        Errno errno = Files.ReadLink(Path(path), buffer, out int count);
        content = Encoding.UTF8.GetString(buffer, 0, count);
        return errno;
    }

    /// <summary>The names of a directory, with <c>.</c> and <c>..</c>.</summary>
    public List<string> List(string path)
    {
        OpenFile file = OpenDirectory(path);
        List<string> names = [.. Entries(file).Select(entry => Encoding.UTF8.GetString(entry.Name.Span))];
        file.Release();
        return names;
    }

    /// <summary>The entries of an open directory from a cookie on; names are copied.</summary>
    public static List<DirectoryEntry> Entries(OpenFile file, ulong cookie = 0)
    {
        List<DirectoryEntry> entries = [];
        for (;;)
        {
            Assert.That(file.Operations.ReadEntry(file, cookie, out DirectoryEntry entry), Is.EqualTo(Errno.Success));
            if (entry.IsEnd)
            {
                return entries;
            }

            entries.Add(entry with { Name = entry.Name.ToArray() });
            cookie = entry.Next;
        }
    }

    public static string NameOf(DirectoryEntry entry) => Encoding.UTF8.GetString(entry.Name.Span);

    public void BecomeUser(uint user, uint group = 100) => Process.Credentials = new Credentials(user, group);
}

/// <summary>A clock that a test moves.</summary>
internal sealed class TestClock : BoxClock
{
    public override TimeProvider TimeProvider => TimeProvider.System;

    public override bool RunsOnHostTime => false;

    public long Time { get; set; } = 1_000_000_007;

    /// <summary>Whether it tells the host's time instead.</summary>
    public bool Follow { get; set; }

    public override long Realtime() => Follow ? (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100 : Time;
}
