using System.Runtime.InteropServices;
using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <summary>Entries of a directory as getdents64(2) gives them (struct linux_dirent64), read a buffer at a time.</summary>
/// <remarks>
/// A cookie is the kernel's own (d_off), so that it stays right while entries come and go as far as the host's file
/// system keeps it so. Not thread-safe: its owner locks.
/// </remarks>
internal sealed class EntryBuffer
{
    private const int Capacity = 8 * 1024;
    private const int OffsetOfNext = 8;
    private const int OffsetOfLength = 16;
    private const int OffsetOfType = 18;
    private const int OffsetOfName = 19;

    /// <summary>
    /// The largest cookie that <see cref="DirectoryListing"/> allows, less what <see cref="ListingPlaces"/> adds. Only the one
    /// behind the last entry is larger anywhere (ext4 and btrfs put the end at 2^63 - 1), and from here on is the end too.
    /// </summary>
    private const ulong CookieLimit = long.MaxValue - 2 - ListingPlaces.Capacity;

    private byte[] _bytes = [];
    private int _position;
    private int _length;
    private ulong _cookie;
    private bool _started;

    /// <summary>The entry after a cookie, whatever it is called.</summary>
    /// <param name="descriptor">The directory, open for reading.</param>
    /// <param name="cookie">0 for the first, else an entry's <see cref="DirectoryEntry.Next"/>.</param>
    /// <param name="entry">The entry; its name lies in this buffer.</param>
    /// <returns>The outcome.</returns>
    internal Errno Read(int descriptor, ulong cookie, out DirectoryEntry entry)
    {
        entry = default;
        if (cookie == 0 || !_started || cookie != _cookie)
        {
            if (LibC.Seek(descriptor, (long)cookie, LibC.SeekStart) < 0)
            {
                return LibC.LastError();
            }

            _position = _length = 0;
            _started = true;
            _cookie = cookie;
        }

        if (_position == _length)
        {
            Errno errno = Fill(descriptor);
            if (errno != Errno.Success || _length == 0)
            {
                return errno;
            }
        }

        return Take(out entry);
    }

    private unsafe Errno Fill(int descriptor)
    {
        _position = _length = 0;
        _bytes = _bytes.Length == 0 ? new byte[Capacity] : _bytes;
        fixed (byte* pointer = _bytes)
        {
            int count = LibC.GetEntries(descriptor, pointer, _bytes.Length);
            if (count >= 0)
            {
                _length = count;
                return Errno.Success;
            }
        }

        // A directory that was removed while open has no entries any more (the C library says so too).
        Errno errno = LibC.LastError();
        _started = false;
        return errno == Errno.NoEnt ? Errno.Success : errno;
    }

    private Errno Take(out DirectoryEntry entry)
    {
        entry = default;
        ReadOnlySpan<byte> rest = _bytes.AsSpan(_position, _length - _position);
        int length = rest.Length > OffsetOfName ? MemoryMarshal.Read<ushort>(rest[OffsetOfLength..]) : 0;
        if (length <= OffsetOfName || length > rest.Length)
        {
            return Errno.IO;
        }

        int end = rest[OffsetOfName..length].IndexOf((byte)0);
        if (end <= 0)
        {
            return Errno.IO;
        }

        _cookie = Math.Min(MemoryMarshal.Read<ulong>(rest[OffsetOfNext..]), CookieLimit);
        entry = new DirectoryEntry(
            _bytes.AsMemory(_position + OffsetOfName, end),
            MemoryMarshal.Read<ulong>(rest),
            StatBuffer.TypeOfEntry(rest[OffsetOfType]),
            _cookie);
        _position += length;
        return Errno.Success;
    }
}
