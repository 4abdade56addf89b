using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>How a call into a guest came back.</summary>
/// <param name="Trap">What it trapped with; null when it returned.</param>
/// <param name="Unwound">
/// What ended it: a <see cref="GuestUnwindException"/>, or an exception out of a host call; null when it returned or
/// trapped by itself.
/// </param>
public readonly record struct GuestResult(GuestTrap? Trap, Exception? Unwound)
{
    /// <summary>Whether it returned.</summary>
    public bool Returned => Trap is null && Unwound is null;
}
