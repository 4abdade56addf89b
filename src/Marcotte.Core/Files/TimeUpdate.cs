namespace Marcotte.Core;

/// <summary>New access and modification times, as utimensat(2) takes them.</summary>
/// <param name="Access">Nanoseconds since 1970, <see cref="Omit"/> or <see cref="Now"/>.</param>
/// <param name="Modify">Nanoseconds since 1970, <see cref="Omit"/> or <see cref="Now"/>.</param>
public readonly record struct TimeUpdate(long Access, long Modify)
{
    /// <summary>Leave this time as it is.</summary>
    public const long Omit = long.MinValue;

    /// <summary>The box's present time.</summary>
    public const long Now = long.MinValue + 1;

    /// <summary>Whether nothing is to change.</summary>
    public bool IsEmpty => Access == Omit && Modify == Omit;

    /// <summary>What a time becomes.</summary>
    /// <param name="asked"><see cref="Access"/> or <see cref="Modify"/>.</param>
    /// <param name="present">The time it has.</param>
    /// <param name="now">The box's time.</param>
    /// <returns>The new time.</returns>
    public static long Apply(long asked, long present, long now) => asked switch
    {
        Omit => present,
        Now => now,
        _ => asked,
    };
}
