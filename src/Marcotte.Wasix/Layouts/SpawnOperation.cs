using System.Runtime.InteropServices;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>What is done to a child's descriptors (<c>proc_spawn_fd_op</c>).</summary>
[StructLayout(LayoutKind.Explicit, Size = 56)]
internal struct SpawnOperation
{
    /// <summary>0 close, 1 dup2, 2 open, 3 chdir, 4 fchdir.</summary>
    [FieldOffset(0)]
    public byte Command;

    /// <summary>The descriptor.</summary>
    [FieldOffset(4)]
    public int Descriptor;

    /// <summary>The one that it becomes a copy of.</summary>
    [FieldOffset(8)]
    public int Source;

    /// <summary>Where the path lies.</summary>
    [FieldOffset(12)]
    public uint PathAddress;

    /// <summary>Its bytes.</summary>
    [FieldOffset(16)]
    public uint PathLength;

    /// <summary>Whether a link at its end is followed.</summary>
    [FieldOffset(20)]
    public uint LookupFlags;

    /// <summary>How it is opened; of some libcs the low half of the C flags.</summary>
    [FieldOffset(24)]
    public ushort OpenFlags;

    /// <summary>What the descriptor shall be able to do.</summary>
    [FieldOffset(32)]
    public ulong RightsBase;

    /// <summary>What those opened through it shall.</summary>
    [FieldOffset(40)]
    public ulong RightsInheriting;

    /// <summary>Status flags.</summary>
    [FieldOffset(48)]
    public ushort StatusFlags;

    /// <summary>Whether exec closes it.</summary>
    [FieldOffset(50)]
    public ushort ExtendedFlags;

    /// <summary>Whether the path counts.</summary>
    internal readonly bool NamesPath => Command is 2 or 3;

    /// <summary>What Core calls it.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>Null for an unknown command.</returns>
    internal readonly SpawnAction? ToAction(ReadOnlySpan<byte> path) => Command switch
    {
        0 => new CloseAction(Descriptor),
        1 => new DuplicateAction(Source, Descriptor),
        2 => new OpenAction(Descriptor, path.ToArray(), ToRequest()),
        3 => new DirectoryAction(path.ToArray()),
        4 => new OpenDirectoryAction(Descriptor),
        _ => null,
    };

    /// <summary>
    /// How a file is opened. Some libcs put the low half of C's flags where the flags of opening belong, and with it lose whether the file is read or written: then,
    /// and when all rights or none are asked for, it is written if it is made, cut or appended to, and read if not.
    /// </summary>
    private readonly OpenRequest ToRequest()
    {
        bool raw = OpenFlags > 0xF;
        OFlags flags = (OFlags)(raw ? OpenFlags >> 12 : OpenFlags);
        FdFlags status = (FdFlags)(raw ? OpenFlags & 0xFFF : StatusFlags);
        bool reads = (RightsBase & (ulong)Rights.FdRead) != 0;
        bool writes = (RightsBase & (ulong)Rights.FdWrite) != 0;
        if (reads == writes && (!reads || RightsBase == ulong.MaxValue))
        {
            writes = (flags & (OFlags.Creat | OFlags.Trunc)) != 0 || (status & FdFlags.Append) != 0;
            reads = !writes;
        }

        return new OpenRequest(
            (Core.OpenFlags)(((flags & OFlags.Creat) != 0 ? 1 : 0) | ((flags & OFlags.Excl) != 0 ? 2 : 0) | ((flags & OFlags.Trunc) != 0 ? 4 : 0) | ((flags & OFlags.Directory) != 0 ? 8 : 0)),
            (reads ? AccessModes.Read : AccessModes.None) | (writes ? AccessModes.Write : AccessModes.None),
            ((status & FdFlags.Append) != 0 ? Core.StatusFlags.Append : Core.StatusFlags.None)
            | ((status & FdFlags.NonBlock) != 0 ? Core.StatusFlags.NonBlocking : Core.StatusFlags.None));
    }
}
