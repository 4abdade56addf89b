namespace Marcotte.Core;

/// <summary>
/// Where a guest's memory lies. Its base never moves while the guest lives; its length only grows, and is looked up
/// again when an access reaches beyond what is known.
/// </summary>
public abstract unsafe class LinearMemory
{
    /// <summary>The first byte, or null while the guest has no memory.</summary>
    public byte* Base { get; private set; }

    /// <summary>Bytes known to be there.</summary>
    public ulong Length { get; private set; }

    /// <summary>Whether other threads of the guest may write to it during a call.</summary>
    public virtual bool IsShared => false;

    /// <summary>Looks the bounds up again.</summary>
    /// <param name="frame">The call's frame as the ABI handed it to the <see cref="GuestMemory"/>; 0 outside of a call.</param>
    public abstract void Refresh(nint frame);

    /// <summary>Notes where the memory lies now.</summary>
    /// <param name="start">The first byte.</param>
    /// <param name="length">How many there are.</param>
    protected void SetBounds(byte* start, ulong length)
    {
        Base = start;
        Length = length;
    }
}
