using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <summary>The entries of an open directory. Its own descriptor's position is the kernel's bookmark, so calls take turns.</summary>
internal sealed class LinuxListing : DirectoryListing
{
    private readonly Lock _lock = new();
    private readonly LinuxHandle? _handle;
    private readonly EntryBuffer _buffer = new();
    private readonly ListingPlaces _places = new();

    /// <summary>Begins a listing.</summary>
    /// <param name="handle">The directory, open for reading; null for one that is no more.</param>
    internal LinuxListing(LinuxHandle? handle) => _handle = handle;

    public override Errno Read(ulong cookie, out DirectoryEntry entry)
    {
        entry = default;
        if (cookie > long.MaxValue)
        {
            return Errno.Inval;
        }

        if (_handle is null)
        {
            return Errno.Success;
        }

        if (!_handle.TryUse(out int descriptor))
        {
            return Errno.BadF;
        }

        lock (_lock)
        {
            Errno errno = ReadLocked(descriptor, cookie, out entry);
            _handle.DangerousRelease();
            return errno;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _handle?.Dispose();
        base.Dispose(disposing);
    }

    private Errno ReadLocked(int descriptor, ulong cookie, out DirectoryEntry entry)
    {
        if (!_places.TryGet(cookie, out ulong place))
        {
            entry = default;
            return Errno.Inval;
        }

        for (;;)
        {
            Errno errno = _buffer.Read(descriptor, place, out entry);
            if (errno != Errno.Success || entry.IsEnd)
            {
                return errno;
            }

            if (!IsDot(entry.Name.Span))
            {
                entry = entry with { Next = _places.Number(entry.Next, cookie) };
                return entry.Type == FileType.Unknown ? FindType(descriptor, ref entry) : Errno.Success;
            }

            place = entry.Next;
        }
    }

    private static bool IsDot(ReadOnlySpan<byte> name) => name.SequenceEqual("."u8) || name.SequenceEqual(".."u8);

    /// <summary>Asks for the kind of an entry where the host's file system does not list it.</summary>
    private static unsafe Errno FindType(int descriptor, ref DirectoryEntry entry)
    {
        if (NativeName.Take(entry.Name.Span, out NativeName name) == Errno.Success
            && LinuxAttributes.Examine(descriptor, (byte*)&name, out StatBuffer stat) == Errno.Success)
        {
            entry = entry with { Type = stat.Type };
        }

        return Errno.Success;
    }
}
