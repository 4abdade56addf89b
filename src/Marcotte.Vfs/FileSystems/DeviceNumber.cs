namespace Marcotte.Vfs;

/// <summary>The number of a device, as Linux's makedev(3), major(3) and minor(3) have it.</summary>
internal static class DeviceNumber
{
    public static ulong Pack(uint major, uint minor) =>
        ((ulong)(major & 0xFFFF_F000) << 32) | ((major & 0xFFF) << 8) | ((ulong)(minor & 0xFFFF_FF00) << 12) | (minor & 0xFF);

    public static uint Major(ulong device) => (uint)((device >> 32) & 0xFFFF_F000) | (uint)((device >> 8) & 0xFFF);

    public static uint Minor(ulong device) => (uint)((device >> 12) & 0xFFFF_FF00) | (uint)(device & 0xFF);
}
