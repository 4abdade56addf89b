namespace Marcotte.Core;

/// <summary>The version of the contracts in this package. A layer states the one it was compiled against.</summary>
public static class CoreContract
{
    /// <summary>The version; it rises when a contract changes so that an older layer would not fit.</summary>
    public const int Version = 1;
}
