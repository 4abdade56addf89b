using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Host;

/// <summary>A box with one or two file systems mounted, whose calls a test makes with paths as strings.</summary>
internal sealed class MountedBox : IDisposable
{
    private readonly FileSystemSource[] _sources;
    private readonly Namespace _files;

    internal MountedBox(FileSystemSource source, bool readOnly = false, FileSystemSource? second = null, Limits? limits = null)
    {
        Kernel = new Kernel(limits ?? Limits.Default);
        _sources = second is null ? [source] : [source, second];
        source.Validate();
        Mounted = source.Open(Kernel);
        MountNamespace mounts = new(Kernel, Mounted, readOnly);
        if (second is not null)
        {
            second.Validate();
            mounts.Attach("/second", second.Open(Kernel));
        }

        _files = new Namespace(Kernel, mounts);
        Process = new Process(Kernel, 1) { Umask = 0 };
    }

    internal Kernel Kernel { get; }

    internal Process Process { get; }

    internal Namespace Files => _files;

    /// <summary>What is mounted at the top.</summary>
    internal FileSystem Mounted { get; }

    public void Dispose()
    {
        Process.Close();
        _files.Dispose();
        foreach (FileSystemSource source in _sources)
        {
            source.Dispose();
        }
    }

    internal Errno Open(string path, OpenFlags flags, AccessModes access, out OpenFile? file, StatusFlags status = StatusFlags.None, bool follow = true, bool beneath = false, OpenFile? at = null) =>
        _files.Open(Path(path, follow, beneath, at), new OpenRequest(flags, access, status), out file);

    internal OpenFile Open(string path, OpenFlags flags = OpenFlags.None, AccessModes access = AccessModes.Read, StatusFlags status = StatusFlags.None)
    {
        Errno errno = Open(path, flags, access, out OpenFile? file, status);
        Assert.That(errno, Is.EqualTo(Errno.Success), path);
        return file!;
    }

    internal Errno TryOpen(string path, OpenFlags flags = OpenFlags.None, AccessModes access = AccessModes.Read, bool follow = true, bool beneath = false)
    {
        Errno errno = Open(path, flags, access, out OpenFile? file, follow: follow, beneath: beneath);
        Assert.That(file is null, Is.EqualTo(errno != Errno.Success), "a file exactly on success");
        file?.Release();
        return errno;
    }

    internal Errno Stat(string path, out FileStat stat, bool follow = true) => _files.Stat(Path(path, follow), out stat);

    internal FileStat Stat(string path, bool follow = true)
    {
        Assert.That(Stat(path, out FileStat stat, follow), Is.EqualTo(Errno.Success), path);
        return stat;
    }

    internal Errno Exists(string path) => Stat(path, out _, follow: false);

    internal Errno SetTimes(string path, TimeUpdate times, bool follow = true) => _files.SetTimes(Path(path, follow), times);

    internal Errno MakeDirectory(string path, ushort mode = 0x1FF, OpenFile? at = null) =>
        _files.MakeDirectory(Path(path, false, at: at), mode);

    internal Errno RemoveDirectory(string path) => _files.RemoveDirectory(Path(path, false));

    internal Errno Unlink(string path) => _files.Unlink(Path(path, false));

    internal Errno Rename(string path, string target) => _files.Rename(Path(path, false), Path(target, false));

    internal Errno Link(string path, string target) => _files.Link(Path(path, false), Path(target, false));

    internal Errno SymbolicLink(string content, string path) => _files.SymbolicLink(Encoding.UTF8.GetBytes(content), Path(path, false));

    internal Errno ReadLink(string path, out string content)
    {
        byte[] buffer = new byte[4096];
        Errno errno = _files.ReadLink(Path(path, false), buffer, out int count);
        content = Encoding.UTF8.GetString(buffer, 0, count);
        return errno;
    }

    internal void Write(string path, string content)
    {
        OpenFile file = Open(path, OpenFlags.Create | OpenFlags.Truncate, AccessModes.Write);
        Assert.That(file.Write(Encoding.UTF8.GetBytes(content), out int count), Is.EqualTo(Errno.Success));
        Assert.That(count, Is.EqualTo(Encoding.UTF8.GetByteCount(content)));
        file.Release();
    }

    internal string Read(string path)
    {
        OpenFile file = Open(path);
        string content = ReadAll(file);
        file.Release();
        return content;
    }

    internal static string ReadAll(OpenFile file)
    {
        using MemoryStream content = new();
        byte[] buffer = new byte[4096];
        for (long offset = 0; ; offset = content.Length)
        {
            Assert.That(file.ReadAt(buffer, offset, out int count), Is.EqualTo(Errno.Success));
            if (count == 0)
            {
                return Encoding.UTF8.GetString(content.ToArray());
            }

            content.Write(buffer, 0, count);
        }
    }

    internal List<string> List(string path)
    {
        OpenFile directory = Open(path, OpenFlags.Directory);
        List<string> names = List(directory);
        directory.Release();
        return names;
    }

    /// <summary>The names in a directory but for the dots, sorted.</summary>
    internal static List<string> List(OpenFile directory)
    {
        List<string> names = [];
        ulong cookie = 0;
        for (int entries = 0; entries < 100_000; entries++)
        {
            Assert.That(directory.Operations.ReadEntry(directory, cookie, out DirectoryEntry entry), Is.EqualTo(Errno.Success));
            if (entry.IsEnd)
            {
                names.RemoveAll(static name => name is "." or "..");
                names.Sort(StringComparer.Ordinal);
                return names;
            }

            names.Add(Encoding.UTF8.GetString(entry.Name.Span));
            cookie = entry.Next;
        }

        throw new AssertionException("The listing does not end.");
    }

    internal PathReference Path(string path, bool follow = true, bool beneath = false, OpenFile? at = null) =>
        new(Process, at, Encoding.UTF8.GetBytes(path), (follow ? PathFlags.Follow : PathFlags.None) | (beneath ? PathFlags.Beneath : PathFlags.None));
}
