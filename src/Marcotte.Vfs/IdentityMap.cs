using Marcotte.Core;

namespace Marcotte.Vfs;

/// <summary>Numbers of users or groups outside the box, and the numbers that stand for them inside.</summary>
/// <param name="Outside">The first number outside.</param>
/// <param name="Inside">The first number inside.</param>
/// <param name="Count">How many follow one another, the first included.</param>
public readonly record struct IdentityRange(uint Outside, uint Inside, uint Count = 1);

/// <summary>Who the owners of files outside the box are inside, and the other way round.</summary>
/// <remarks>
/// <para>
/// With ranges it is as in a Linux user namespace (user_namespaces(7)): who is in none is 65534 inside, and cannot be given a file
/// (EINVAL). What a guest makes is given to its user, which on the host takes the privilege to do so; without it making is EPERM.
/// </para>
/// <para>
/// As a single owner, all files belong to one user and group inside, whoever has them outside, and stay theirs: giving them to
/// another is EPERM.
/// </para>
/// </remarks>
public sealed class IdentityMap
{
    /// <summary>The number of whoever has none (/proc/sys/kernel/overflowuid).</summary>
    public const uint Nobody = 65534;

    private readonly IdentityRange[] _users;
    private readonly IdentityRange[] _groups;

    /// <summary>Maps ranges.</summary>
    /// <param name="users">Ranges of users.</param>
    /// <param name="groups">Ranges of groups.</param>
    /// <exception cref="ArgumentException">A range is empty, passes the last number, or overlaps another.</exception>
    public IdentityMap(IEnumerable<IdentityRange> users, IEnumerable<IdentityRange> groups)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(groups);
        _users = Check(users, nameof(users));
        _groups = Check(groups, nameof(groups));
    }

    private IdentityMap(OwnerUpdate owner)
    {
        Owner = owner;
        _users = _groups = [];
    }

    /// <summary>The one owner inside; null for ranges.</summary>
    internal OwnerUpdate? Owner { get; }

    /// <summary>Makes all files those of one user and group.</summary>
    /// <param name="userId">The user inside.</param>
    /// <param name="groupId">The group inside.</param>
    /// <returns>The map.</returns>
    public static IdentityMap To(uint userId, uint groupId) => new(new OwnerUpdate(userId, groupId));

    /// <summary>A user as the box sees it.</summary>
    internal uint User(uint outside) => Owner?.UserId ?? Inside(_users, outside);

    /// <summary>A group as the box sees it.</summary>
    internal uint Group(uint outside) => Owner?.GroupId ?? Inside(_groups, outside);

    /// <summary>Who a change of owner means outside.</summary>
    /// <param name="owner">The new owner as the box sees it.</param>
    /// <param name="outside">The same outside.</param>
    /// <returns><see cref="Errno.Inval"/> for who is in no range; <see cref="Errno.Perm"/> for who is not the one owner.</returns>
    internal Errno Outside(OwnerUpdate owner, out OwnerUpdate outside)
    {
        if (Owner is { } one)
        {
            // As on a file system that has no owners: what it is already is granted, and changes nothing.
            outside = new OwnerUpdate(OwnerUpdate.Keep, OwnerUpdate.Keep);
            return OwnerUpdate.Apply(owner.UserId, one.UserId) == one.UserId && OwnerUpdate.Apply(owner.GroupId, one.GroupId) == one.GroupId
                ? Errno.Success
                : Errno.Perm;
        }

        bool hasUser = TryOutside(_users, owner.UserId, out uint user);
        bool hasGroup = TryOutside(_groups, owner.GroupId, out uint group);
        outside = new OwnerUpdate(user, group);
        return hasUser && hasGroup ? Errno.Success : Errno.Inval;
    }

    private static uint Inside(IdentityRange[] ranges, uint outside)
    {
        foreach (IdentityRange range in ranges)
        {
            if (outside >= range.Outside && outside - range.Outside < range.Count)
            {
                return range.Inside + (outside - range.Outside);
            }
        }

        return Nobody;
    }

    private static bool TryOutside(IdentityRange[] ranges, uint inside, out uint outside)
    {
        outside = inside;
        if (inside == OwnerUpdate.Keep)
        {
            return true;
        }

        foreach (IdentityRange range in ranges)
        {
            if (inside >= range.Inside && inside - range.Inside < range.Count)
            {
                outside = range.Outside + (inside - range.Inside);
                return true;
            }
        }

        return false;
    }

    private static IdentityRange[] Check(IEnumerable<IdentityRange> ranges, string parameter)
    {
        IdentityRange[] all = [.. ranges];
        for (int i = 0; i < all.Length; i++)
        {
            IdentityRange range = all[i];
            bool fits = range.Count > 0 && Math.Max(range.Outside, range.Inside) <= OwnerUpdate.Keep - range.Count;
            bool overlaps = all.Take(i).Any(other => Meet(range.Outside, other.Outside, range, other) || Meet(range.Inside, other.Inside, range, other));
            if (!fits || overlaps)
            {
                throw new ArgumentException(
                    $"The range {range.Outside} as {range.Inside}, {range.Count} of them, {(fits ? "overlaps another" : "is empty or passes the last number")}; correct it.",
                    parameter);
            }
        }

        return all;
    }

    private static bool Meet(uint first, uint second, IdentityRange range, IdentityRange other) =>
        first < (ulong)second + other.Count && second < (ulong)first + range.Count;
}
