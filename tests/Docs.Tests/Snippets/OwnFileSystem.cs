using System.Text;
using Marcotte;
using Marcotte.Core;
using Marcotte.Vfs;

namespace Docs.Tests.Snippets;

#region file-system
/// <summary>A directory with one file, which tells how often it was opened.</summary>
internal sealed class CounterFileSystem : FileSystem
{
    public CounterFileSystem() => Root = new CounterDirectory(this);

    public override Inode Root { get; }

    public override bool IsReadOnly => true;
}

internal sealed class CounterDirectory(FileSystem fileSystem) : Inode(fileSystem, FileType.Directory, number: 1)
{
    private readonly CounterFile _file = new(fileSystem);

    public override Errno Stat(out FileStat stat)
    {
        stat = new FileStat { Device = FileSystem.Device, Inode = Number, Type = Type, Mode = 0x16D, Links = 2 };
        return Errno.Success;
    }

    public override Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
    {
        child = name.SequenceEqual("count"u8) ? _file : null;
        return child is null ? Errno.NoEnt : Errno.Success;
    }
}

internal sealed class CounterFile(FileSystem fileSystem) : Inode(fileSystem, FileType.Regular, number: 2)
{
    private int _opened;

    public override Errno Stat(out FileStat stat)
    {
        stat = new FileStat { Device = FileSystem.Device, Inode = Number, Type = Type, Mode = 0x124, Links = 1 };
        return Errno.Success;
    }

    public override Errno Open(in InodeOpen request, out OpenFile? file)
    {
        byte[] text = Encoding.UTF8.GetBytes($"{Interlocked.Increment(ref _opened)}\n");
        file = new OpenFile(new CounterText(text), request.Access, request.Status);
        return Errno.Success;
    }
}

internal sealed class CounterText(byte[] text) : FileOperations
{
    public override FileType Type => FileType.Regular;

    public override bool IsSeekable => true;

    public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count)
    {
        ReadOnlySpan<byte> rest = offset < text.Length ? text.AsSpan((int)offset) : default;
        count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        return Errno.Success;
    }
}

/// <summary>Makes one for each box.</summary>
internal sealed class CounterSource : FileSystemSource
{
    public override FileSystem Open(Kernel kernel) => new CounterFileSystem();
}

internal static class CounterMountExtensions
{
    public static VfsOptions MountCounter(this VfsOptions files, string path) => files.Mount(path, new CounterSource());
}
#endregion

internal sealed class OwnFileSystem
{
    [Test]
    public void A_guest_reads_it()
    {
        GuestModule module = GuestModule.FromText("read", """
            (module
              (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\40\00\00\00\02\00\00\00")
              (data (i32.const 16) "opened/count")
              (func (export "_start")
                (drop (call $open (i32.const 3) (i32.const 0) (i32.const 16) (i32.const 12) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 40)))
                (drop (call $read (i32.load (i32.const 40)) (i32.const 0) (i32.const 1) (i32.const 44)))
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 48)))))
            """);
        using BoxTemplate template = new BoxBuilder().UseVfs(files => files.MountCounter("/opened")).UseWasi().Build(module);
        Assert.That(template.Run().Output!.ToString(), Is.EqualTo("1\n"));
    }
}
