namespace Marcotte.Abi;

/// <summary>A program could not be made ready to run: it asks for more than its limits or than the engine has.</summary>
/// <param name="message">What was asked for.</param>
public sealed class GuestRefusedException(string message) : Exception(message)
{
    /// <summary>Whether it was memory that it asked for: bytes, memories or table elements beyond its limits.</summary>
    public bool WantsMemory =>
        Message.Contains("memory minimum size", StringComparison.Ordinal)
        || Message.Contains("table minimum size", StringComparison.Ordinal)
        || Message.Contains("memory count too high", StringComparison.Ordinal);

    /// <summary>Whether the engine's pool is taken up by other instances.</summary>
    public bool PoolIsEmpty => Message.Contains("maximum concurrent", StringComparison.Ordinal);
}
