using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>What a mount allows less of than its files do, and who its files belong to.</summary>
public sealed record MountOptions
{
    /// <summary>A mount that takes nothing away.</summary>
    public static MountOptions Default { get; } = new();

    /// <summary>Whether nothing can be changed through it (EROFS).</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether no file in it can be executed (EACCES).</summary>
    public bool NoExecute { get; init; }

    /// <summary>Whether set-user-id and set-group-id bits in it have no effect when a file is executed.</summary>
    public bool NoSetId { get; init; }

    /// <summary>
    /// Bytes that its files may hold (ENOSPC), besides what <see cref="Limits.FileBytes"/> says of the box; null for no bound of its
    /// own. For what counts its bytes, as memory does; Build refuses it for a directory of the host, whose bytes come and go past
    /// the box: bound that by a quota of the host's file system.
    /// </summary>
    public long? MaxBytes { get; init; }

    /// <summary>
    /// Who the files belong to in the box; null for what the file system says. For what has owners outside the box, as a directory
    /// of the host; Build refuses it for others.
    /// </summary>
    public IdentityMap? Identities { get; init; }

    /// <summary>The flags among them.</summary>
    internal MountFlags Flags => (ReadOnly ? MountFlags.ReadOnly : MountFlags.None)
        | (NoExecute ? MountFlags.NoExecute : MountFlags.None)
        | (NoSetId ? MountFlags.NoSetId : MountFlags.None);
}
