using System.Text;
using Marcotte.Core;

namespace Marcotte.Model.Tests;

/// <summary>A box whose tree is asked as an ABI asks it.</summary>
internal sealed class BoxSide : Side, IDisposable
{
    private readonly OpenFile?[] _open = new OpenFile?[Slots];
    private readonly Process _process;

    internal BoxSide(string name, Layer layer)
        : base(name)
    {
        Kernel = new Kernel(Limits.Default) { Clock = HostClock.Instance };
        layer.Attach(Kernel);
        _process = new Process(Kernel, 1) { Umask = 0x12 };
        layer.Start(_process);
    }

    private BoxSide(Kernel kernel, Process process)
        : base("fork")
    {
        Kernel = kernel;
        _process = process;
    }

    internal Kernel Kernel { get; }

    private FileNamespace Files => Kernel.Files;

    public void Dispose()
    {
        for (int slot = 0; slot < Slots; slot++)
        {
            Close(slot);
        }

        _process.Close();
        if (_process.Id == 1)
        {
            Kernel.Dispose();
        }
    }

    /// <summary>The same box by another process.</summary>
    internal BoxSide Fork(int id) => new(Kernel, _process.Fork(id));

    /// <summary>All that is known of a file.</summary>
    internal FileStat Describe(string path)
    {
        Assert.That(Files.Stat(At(new Place(-1, path), follow: false), out FileStat stat), Is.EqualTo(Errno.Success), path);
        return stat;
    }

    internal override bool IsOpen(int slot) => _open[slot] is not null;

    internal override Answer Become(uint user, uint group)
    {
        _process.Credentials = new Credentials(user, group);
        return Answer.Done;
    }

    internal override Answer Open(int slot, Place place, OpenFlags flags, AccessModes access, StatusFlags status, bool follow, ushort mode)
    {
        Errno errno = Files.Open(At(place, follow), new OpenRequest(flags, access, status, mode), out OpenFile? file);
        if (errno == Errno.Success)
        {
            Close(slot);
            _open[slot] = file;
            Opened(slot, access);
        }

        return new Answer(errno);
    }

    internal override Answer Close(int slot)
    {
        if (_open[slot] is not { } file)
        {
            return new Answer(Errno.BadF);
        }

        file.Release();
        _open[slot] = null;
        return Answer.Done;
    }

    internal override Answer Read(int slot, int length)
    {
        byte[] buffer = new byte[length];
        return Got(Held(slot).Read(buffer, out int count), buffer, count);
    }

    internal override Answer Write(int slot, ReadOnlySpan<byte> bytes) =>
        new Answer(Held(slot).Write(bytes, out int count), count);

    internal override Answer ReadAt(int slot, int length, long offset)
    {
        byte[] buffer = new byte[length];
        return Got(Held(slot).ReadAt(buffer, offset, out int count), buffer, count);
    }

    internal override Answer WriteAt(int slot, ReadOnlySpan<byte> bytes, long offset) =>
        new Answer(Held(slot).WriteAt(bytes, offset, out int count), count);

    internal override Answer Seek(int slot, long offset, Whence whence) =>
        new Answer(Held(slot).Seek(offset, whence, out long position), position);

    internal override Answer SetStatus(int slot, StatusFlags status) => new(Held(slot).SetStatus(status));

    internal override Answer SetSize(int slot, long size) => new(Held(slot).SetSize(size));

    internal override Answer Allocate(int slot, long offset, long length, Allocation mode) =>
        new(Held(slot).Allocate(offset, length, mode));

    internal override Answer Copy(Range from, Range to, long length)
    {
        Errno errno = Held(from.Slot).CopyTo(Held(to.Slot), from.Offset < 0 ? null : from.Offset, to.Offset < 0 ? null : to.Offset, length, out long count);
        return new Answer(errno, count);
    }

    internal override Answer StatOpen(int slot)
    {
        OpenFile file = Held(slot);
        Errno errno = file.Operations.Stat(file, out FileStat stat);
        return errno == Errno.Success ? Describe(stat) : new Answer(errno);
    }

    internal override Answer ListOpen(int slot) => List(Held(slot));

    internal override Answer SetMode(int slot, ushort mode) =>
        new(Files.SetMode(_process, Held(slot), mode));

    internal override Answer SetTimes(int slot, TimeUpdate times) =>
        new(Files.SetTimes(_process, Held(slot), times));

    internal override Answer SetOwner(int slot, OwnerUpdate owner) =>
        new(Files.SetOwner(_process, Held(slot), owner));

    internal override Answer Stat(Place place, bool follow)
    {
        Errno errno = Files.Stat(At(place, follow), out FileStat stat);
        return errno == Errno.Success ? Describe(stat) : new Answer(errno);
    }

    internal override Answer Access(Place place, AccessCheck check) => new(Files.Access(At(place, follow: true), check));

    internal override Answer SetSize(Place place, long size) => new(Files.SetSize(At(place, follow: true), size));

    internal override Answer SetMode(Place place, ushort mode) => new(Files.SetMode(At(place, follow: true), mode));

    internal override Answer SetTimes(Place place, TimeUpdate times, bool follow) => new(Files.SetTimes(At(place, follow), times));

    internal override Answer SetOwner(Place place, OwnerUpdate owner, bool follow) => new(Files.SetOwner(At(place, follow), owner));

    internal override Answer MakeDirectory(Place place, ushort mode) => new(Files.MakeDirectory(At(place, follow: false), mode));

    internal override Answer RemoveDirectory(Place place) => new(Files.RemoveDirectory(At(place, follow: false)));

    internal override Answer Unlink(Place place) => new(Files.Unlink(At(place, follow: false)));

    internal override Answer Rename(Place from, Place to, RenameMode mode) =>
        new(Files.Rename(At(from, follow: false), At(to, follow: false), mode));

    internal override Answer Link(Place from, Place to, bool follow) => new(Files.Link(At(from, follow), At(to, follow: false)));

    internal override Answer SymbolicLink(string content, Place place) =>
        new(Files.SymbolicLink(Encoding.UTF8.GetBytes(content), At(place, follow: false)));

    internal override Answer ReadLink(Place place, int length)
    {
        byte[] buffer = new byte[length];
        Errno errno = Files.ReadLink(At(place, follow: false), buffer, out int count);
        return new Answer(errno, count, Encoding.UTF8.GetString(buffer, 0, count));
    }

    internal override Answer List(Place place)
    {
        Errno errno = Files.Open(At(place, follow: true), new OpenRequest(OpenFlags.Directory, AccessModes.Read), out OpenFile? file);
        if (errno != Errno.Success)
        {
            return new Answer(errno);
        }

        Answer answer = List(file!);
        file!.Release();
        return answer;
    }

    private static Answer List(OpenFile file)
    {
        List<string> names = [];
        ulong cookie = 0;
        for (;;)
        {
            Errno errno = file.Operations.ReadEntry(file, cookie, out DirectoryEntry entry);
            if (errno != Errno.Success || entry.IsEnd)
            {
                return errno == Errno.Success ? Names(names) : new Answer(errno);
            }

            names.Add($"{Encoding.UTF8.GetString(entry.Name.Span)}:{entry.Type}");
            cookie = entry.Next;
        }
    }

    private static Answer Got(Errno errno, byte[] buffer, int count) => new(errno, count, Answer.Runs(buffer.AsSpan(0, count)));

    private OpenFile Held(int slot) => _open[slot]!;

    private PathReference At(Place place, bool follow) => new(
        _process,
        place.At < 0 ? null : _open[place.At],
        Encoding.UTF8.GetBytes(place.Path),
        follow ? PathFlags.Follow : PathFlags.None);

    /// <summary>The host's time, which host directories have anyway.</summary>
    private sealed class HostClock : BoxClock
    {
        internal static HostClock Instance { get; } = new();

        public override TimeProvider TimeProvider => TimeProvider.System;

        public override bool RunsOnHostTime => true;

        public override long Realtime() => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
    }
}
