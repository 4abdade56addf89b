using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

[TestFixture]
public sealed class ClocksTests
{
    [TestCase(0u, 1_700_000_000_000_000_000UL)]
    [TestCase(1u, 5_000_000_000UL)]
    [TestCase(2u, 300UL)]
    [TestCase(3u, 200UL)]
    public void Each_clock_tells_its_own_time(uint id, ulong expected)
    {
        Guest guest = new();
        Assert.That(Clocks.ClockTimeGet(guest.Thread, guest.Memory, (WasiClockId)id, ulong.MaxValue, new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<ulong>(Guest.First), Is.EqualTo(expected));
    }

    [TestCase(0u, 10UL)]
    [TestCase(1u, 20UL)]
    [TestCase(2u, 30UL)]
    [TestCase(3u, 40UL)]
    public void Each_clock_has_its_own_step(uint id, ulong expected)
    {
        Guest guest = new();
        guest.Clock.Step = 10;
        Assert.That(Clocks.ClockResGet(guest.Thread, guest.Memory, (WasiClockId)id, new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<ulong>(Guest.First), Is.EqualTo(expected));
    }

    [Test]
    public void A_step_is_never_nothing()
    {
        Guest guest = new();
        guest.Clock.Step = 0;
        Assert.That(Clocks.ClockResGet(guest.Thread, guest.Memory, WasiClockId.Realtime, new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<ulong>(Guest.First), Is.EqualTo(1));
    }

    [Test]
    public void A_time_before_1970_is_0()
    {
        Guest guest = new();
        guest.Clock.RealtimeNow = -5;
        Assert.That(Clocks.ClockTimeGet(guest.Thread, guest.Memory, WasiClockId.Realtime, 0, new(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Read<ulong>(Guest.First), Is.Zero);
    }

    [TestCase(4u)]
    [TestCase(0x100u)]
    [TestCase(uint.MaxValue)]
    public void What_is_no_clock_is_EINVAL(uint id)
    {
        Guest guest = new();
        Assert.That(Clocks.ClockTimeGet(guest.Thread, guest.Memory, (WasiClockId)id, 0, new(Guest.First)), Is.EqualTo(Errno.Inval));
        Assert.That(Clocks.ClockResGet(guest.Thread, guest.Memory, (WasiClockId)id, new(Guest.First)), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void A_box_without_a_clock_says_ENOSYS()
    {
        Guest guest = new();
        guest.Kernel.Clock = BoxClock.None;
        Assert.That(Clocks.ClockTimeGet(guest.Thread, guest.Memory, WasiClockId.Monotonic, 0, new(Guest.First)), Is.EqualTo(Errno.NoSys));
        Assert.That(Clocks.ClockResGet(guest.Thread, guest.Memory, WasiClockId.Monotonic, new(Guest.First)), Is.EqualTo(Errno.NoSys));
    }
}
