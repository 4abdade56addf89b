namespace Marcotte.Vfs;

/// <summary>What a new inode is given.</summary>
/// <param name="Mode">Permission bits, after the umask.</param>
/// <param name="UserId">The owner.</param>
/// <param name="GroupId">The group, unless the directory's set-group-id bit names its own.</param>
public readonly record struct Creation(ushort Mode, uint UserId, uint GroupId);
