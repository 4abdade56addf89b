namespace Marcotte.Core;

/// <summary>A new owner, as chown(2) takes it.</summary>
/// <param name="UserId">The user, or <see cref="Keep"/>.</param>
/// <param name="GroupId">The group, or <see cref="Keep"/>.</param>
public readonly record struct OwnerUpdate(uint UserId, uint GroupId)
{
    /// <summary>Leave this one as it is.</summary>
    public const uint Keep = uint.MaxValue;

    /// <summary>Whether nothing is to change.</summary>
    public bool IsEmpty => UserId == Keep && GroupId == Keep;

    /// <summary>What an identity becomes.</summary>
    /// <param name="asked"><see cref="UserId"/> or <see cref="GroupId"/>.</param>
    /// <param name="present">The one it has.</param>
    /// <returns>The new one.</returns>
    public static uint Apply(uint asked, uint present) => asked == Keep ? present : asked;
}
