namespace Marcotte.Core;

/// <summary>Who a process acts as. User 0 may do all that the box may.</summary>
/// <param name="UserId">The effective user.</param>
/// <param name="GroupId">The effective group.</param>
public sealed record Credentials(uint UserId, uint GroupId)
{
    /// <summary>User and group 0.</summary>
    public static Credentials Root { get; } = new(0, 0);

    /// <summary>The real user: who started it.</summary>
    public uint RealUserId { get; init; } = UserId;

    /// <summary>The saved user, whom it may become again.</summary>
    public uint SavedUserId { get; init; } = UserId;

    /// <summary>The real group.</summary>
    public uint RealGroupId { get; init; } = GroupId;

    /// <summary>The saved group, which it may take again.</summary>
    public uint SavedGroupId { get; init; } = GroupId;

    /// <summary>Whether it acts as user 0.</summary>
    public bool IsSuperuser => UserId == 0;

    /// <summary>Further groups.</summary>
    public IReadOnlyList<uint> Groups { get; init; } = [];

    /// <summary>Whether it is in a group.</summary>
    /// <param name="group">The group.</param>
    /// <returns>True when it is its own or one of the further ones.</returns>
    public bool IsIn(uint group) => group == GroupId || Groups.Contains(group);
}
