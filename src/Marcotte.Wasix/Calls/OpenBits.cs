using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>Linux's flags of open, as Marcotte's call passes them.</summary>
internal static class OpenBits
{
    internal const uint AccessMode = 3;
    internal const uint WriteOnly = 1;
    internal const uint ReadWrite = 2;
    internal const uint Create = 0x40;
    internal const uint Exclusive = 0x80;
    internal const uint NoControl = 0x100;
    internal const uint Truncate = 0x200;
    internal const uint Append = 0x400;
    internal const uint NonBlocking = 0x800;
    internal const uint DataSync = 0x1000;
    internal const uint Async = 0x2000;
    internal const uint Directory = 0x1_0000;
    internal const uint NoFollow = 0x2_0000;
    internal const uint NoAccessTime = 0x4_0000;
    internal const uint CloseOnExec = 0x8_0000;
    internal const uint Sync = 0x10_1000;
    internal const uint NameOnly = 0x20_0000;
    internal const uint Temporary = 0x41_0000;

    /// <summary>Only what Linux keeps of the flags of a file that is only named.</summary>
    private const uint OfNames = NameOnly | Directory | NoFollow | CloseOnExec;

    private const uint SyncAlone = Sync & ~DataSync;

    private const uint TemporaryAlone = Temporary & ~Directory;

    /// <summary>What Core calls it. As on Linux, unknown bits are ignored.</summary>
    /// <param name="flags">The flags.</param>
    /// <param name="mode">Permission bits of a file that is made.</param>
    /// <param name="request">How it is opened.</param>
    /// <returns><see cref="Errno.Inval"/> for an access mode that is none, and for a directory that is made; <see cref="Errno.NotSup"/> for a file without a name.</returns>
    internal static Errno ToRequest(uint flags, uint mode, out OpenRequest request)
    {
        request = default;
        if ((flags & TemporaryAlone) != 0)
        {
            return Errno.NotSup;
        }

        bool isName = (flags & NameOnly) != 0;
        flags = isName ? flags & OfNames : flags;
        if ((flags & AccessMode) == AccessMode || (flags & (Create | Directory)) == (Create | Directory))
        {
            return Errno.Inval;
        }

        AccessModes access = isName ? AccessModes.None
            : (flags & AccessMode) switch
            {
                WriteOnly => AccessModes.Write,
                ReadWrite => AccessModes.ReadWrite,
                _ => AccessModes.Read,
            };
        OpenFlags opening = ((flags & Create) != 0 ? OpenFlags.Create : OpenFlags.None)
            | ((flags & Exclusive) != 0 && (flags & Create) != 0 ? OpenFlags.Exclusive : OpenFlags.None)
            | ((flags & Truncate) != 0 ? OpenFlags.Truncate : OpenFlags.None)
            | ((flags & Directory) != 0 ? OpenFlags.Directory : OpenFlags.None);
        request = new OpenRequest(opening, access, ToStatus(flags), (ushort)(mode & 0xFFF));
        return Errno.Success;
    }

    /// <summary>The status flags among them.</summary>
    internal static StatusFlags ToStatus(uint flags) =>
        ((flags & Append) != 0 ? StatusFlags.Append : StatusFlags.None)
        | ((flags & NonBlocking) != 0 ? StatusFlags.NonBlocking : StatusFlags.None)
        | ((flags & SyncAlone) != 0 ? StatusFlags.Sync : (flags & DataSync) != 0 ? StatusFlags.DataSync : StatusFlags.None);

    /// <summary>The flags of an open file (F_GETFL).</summary>
    internal static uint Of(OpenFile file) => file.Access switch
    {
        AccessModes.Write => WriteOnly,
        AccessModes.ReadWrite => ReadWrite,
        AccessModes.None => NameOnly,
        _ => 0,
    }
    | ((file.Status & StatusFlags.Append) != 0 ? Append : 0)
    | ((file.Status & StatusFlags.NonBlocking) != 0 ? NonBlocking : 0)
    | ((file.Status & StatusFlags.Sync) != 0 ? Sync : (file.Status & StatusFlags.DataSync) != 0 ? DataSync : 0);

    /// <summary>Whether flags are among those that make pipes and their like: close-on-exec, non-blocking, and more that one of them takes.</summary>
    internal static bool AreOfFile(uint flags, uint more = 0) => (flags & ~(NonBlocking | CloseOnExec | more)) == 0;
}
