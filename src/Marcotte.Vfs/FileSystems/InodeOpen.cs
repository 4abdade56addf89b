using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>How an inode is opened.</summary>
/// <param name="Access">What the opening may do.</param>
/// <param name="Status">Status flags.</param>
/// <param name="Truncate">Whether a regular file is cut to no length, whatever <paramref name="Access"/> says.</param>
/// <param name="KeepAccessTime">Whether reading leaves the time of access as it is: the mount is read-only.</param>
public readonly record struct InodeOpen(AccessModes Access, StatusFlags Status, bool Truncate = false, bool KeepAccessTime = false);
