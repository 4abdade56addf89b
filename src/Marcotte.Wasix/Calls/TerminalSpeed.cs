namespace Marcotte.Wasix;

/// <summary>A terminal's speed: a code among the bits of c_cflag (CBAUD), and the same in baud.</summary>
internal static class TerminalSpeed
{
    private const uint CodeBits = 0x100F;
    private const uint FirstFast = 0x1001;

    private static ReadOnlySpan<uint> Slow => [0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400];

    private static ReadOnlySpan<uint> Fast =>
    [
        57600, 115200, 230400, 460800, 500000, 576000, 921600, 1000000, 1152000, 1500000, 2000000, 2500000, 3000000, 3500000, 4000000,
    ];

    /// <summary>The speed among the bits.</summary>
    /// <param name="control">c_cflag.</param>
    /// <returns>Baud; 0 for a code that is none.</returns>
    internal static uint Of(uint control)
    {
        uint code = control & CodeBits;
        return code < (uint)Slow.Length ? Slow[(int)code]
            : code >= FirstFast ? Fast[(int)(code - FirstFast)]
            : 0;
    }

    /// <summary>The bits with a speed.</summary>
    /// <param name="control">c_cflag.</param>
    /// <param name="baud">The speed; one that has no code leaves the bits as they are.</param>
    /// <returns>c_cflag.</returns>
    internal static uint With(uint control, uint baud)
    {
        int slow = Slow.IndexOf(baud);
        int fast = Fast.IndexOf(baud);
        return slow >= 0 ? (control & ~CodeBits) | (uint)slow
            : fast >= 0 ? (control & ~CodeBits) | (FirstFast + (uint)fast)
            : control;
    }
}
