using Marcotte.Core;

namespace Marcotte.Vfs.Devices;

/// <summary>A device without content of its own: every position is like every other.</summary>
internal abstract class DeviceOperations(uint minor) : FileOperations
{
    private const uint MemoryMajor = 1;

    /// <summary>Its number among Linux's memory devices (st_rdev).</summary>
    public ulong Represents { get; } = (MemoryMajor << 8) | minor;

    public override FileType Type => FileType.CharacterDevice;

    public override bool IsSeekable => true;

    public override Errno Stat(OpenFile file, out FileStat stat) => ((DeviceInode)file.State!).Stat(out stat);

    public override Errno WriteAt(OpenFile file, ReadOnlySpan<byte> buffer, long offset, out int count)
    {
        count = buffer.Length;
        return Errno.Success;
    }

    public override Errno Append(OpenFile file, ReadOnlySpan<byte> buffer, out long end, out int count)
    {
        end = 0;
        return WriteAt(file, buffer, 0, out count);
    }

    public override Errno Seek(OpenFile file, long offset, Whence whence, out long position)
    {
        position = 0;
        return whence == Whence.End ? Errno.Success : Errno.Inval;
    }
}

/// <summary>Takes everything, gives nothing.</summary>
internal sealed class NullDevice() : DeviceOperations(3)
{
    public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        return Errno.Success;
    }
}

/// <summary>Takes everything, gives zeros.</summary>
internal sealed class ZeroDevice() : DeviceOperations(5)
{
    public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count)
    {
        buffer.Clear();
        count = buffer.Length;
        return Errno.Success;
    }
}

/// <summary>A disk that is full: gives zeros, takes nothing.</summary>
internal sealed class FullDevice() : DeviceOperations(7)
{
    public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count)
    {
        buffer.Clear();
        count = buffer.Length;
        return Errno.Success;
    }

    public override Errno WriteAt(OpenFile file, ReadOnlySpan<byte> buffer, long offset, out int count)
    {
        count = 0;
        return Errno.NoSpc;
    }
}

/// <summary>Gives the box's random bytes; takes everything and forgets it.</summary>
internal sealed class RandomDevice(Kernel kernel, uint minor) : DeviceOperations(minor)
{
    /// <summary>The most that one read gives, as on Linux: a longer one would keep its thread for too long.</summary>
    private const int MostBytes = (32 << 20) - 1;

    public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count)
    {
        Span<byte> part = buffer[..Math.Min(buffer.Length, MostBytes)];
        Errno errno = kernel.Entropy.Fill(part);
        count = errno == Errno.Success ? part.Length : 0;
        return errno;
    }
}
