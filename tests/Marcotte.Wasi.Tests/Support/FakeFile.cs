using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>A file with positions that notes what is asked of it.</summary>
internal sealed class FakeFile(int capacity = 4096) : FileOperations
{
    private readonly byte[] _content = new byte[capacity];

    public override FileType Type => Kind;

    public override bool IsSeekable => true;

    internal FileType Kind { get; init; } = FileType.Regular;

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Content => _content.AsSpan(0, Length);

    /// <summary>The most that is moved at once.</summary>
    internal int Most { get; init; } = int.MaxValue;

    /// <summary>Reads, writes and all else so far.</summary>
    internal int Calls { get; private set; }

    internal int Releases { get; private set; }

    internal TimeUpdate? Times { get; private set; }

    internal List<bool> Syncs { get; } = [];

    internal (long Offset, long Length)? Allocation { get; private set; }

    internal static FakeFile With(ReadOnlySpan<byte> content)
    {
        FakeFile file = new();
        content.CopyTo(file._content);
        file.Length = content.Length;
        return file;
    }

    public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count)
    {
        Calls++;
        count = offset >= Length ? 0 : Math.Min(Math.Min(buffer.Length, Most), Length - (int)offset);
        _content.AsSpan((int)Math.Min(offset, Length), count).CopyTo(buffer);
        return Errno.Success;
    }

    public override Errno WriteAt(OpenFile file, ReadOnlySpan<byte> buffer, long offset, out int count)
    {
        Calls++;
        count = offset >= _content.Length ? 0 : Math.Min(Math.Min(buffer.Length, Most), _content.Length - (int)offset);
        if (count == 0)
        {
            return Errno.NoSpc;
        }

        buffer[..count].CopyTo(_content.AsSpan((int)offset));
        Length = Math.Max(Length, (int)offset + count);
        return Errno.Success;
    }

    public override Errno Append(OpenFile file, ReadOnlySpan<byte> buffer, out long end, out int count)
    {
        Errno errno = WriteAt(file, buffer, Length, out count);
        end = Length;
        return errno;
    }

    public override Errno Seek(OpenFile file, long offset, Whence whence, out long position)
    {
        position = Length + offset;
        return Errno.Success;
    }

    public override Errno Stat(OpenFile file, out FileStat stat)
    {
        stat = FakeFiles.SomeStat with { Type = Kind, Size = Length };
        return Errno.Success;
    }

    public override Errno SetSize(OpenFile file, long size)
    {
        Length = (int)size;
        return Errno.Success;
    }

    public override Errno Allocate(OpenFile file, long offset, long length, Allocation mode)
    {
        Allocation = (offset, length);
        return Errno.Success;
    }

    public override Errno SetTimes(OpenFile file, in TimeUpdate times)
    {
        Times = times;
        return Errno.Success;
    }

    public override Errno Sync(OpenFile file, bool dataOnly)
    {
        Syncs.Add(dataOnly);
        return Errno.Success;
    }

    public override void Release(OpenFile file) => Releases++;
}
