using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

[TestFixture]
public sealed class RandomnessTests
{
    [TestCase(1u)]
    [TestCase(16u)]
    [TestCase(65_536u)]
    [TestCase(65_537u)]
    [TestCase(150_000u)]
    public void All_of_the_buffer_is_filled_and_nothing_else(uint length)
    {
        Guest guest = new();
        Assert.That(Randomness.RandomGet(guest.Thread, guest.Memory, new(Guest.Buffer, length)), Is.EqualTo(Errno.Success));
        byte[] bytes = guest.Read(Guest.Buffer, (int)length);
        Assert.That(bytes.AsSpan().Contains((byte)0), Is.False);
        Assert.That(bytes[^1], Is.EqualTo((byte)((length - 1) % 255 + 1)), "One stretch goes on where the last one ended.");
        Assert.That(guest.Bytes[(int)Guest.Buffer - 1], Is.Zero);
        Assert.That(guest.Bytes[(int)(Guest.Buffer + length)], Is.Zero);
    }

    [Test]
    public void No_bytes_at_all_succeed_wherever_they_are([Values(0u, Guest.Size, uint.MaxValue)] uint address) =>
        Assert.That(Randomness.RandomGet(new Guest().Thread, new Guest().Memory, new(address, 0)), Is.EqualTo(Errno.Success));

    [Test]
    public void A_long_one_ends_when_the_guest_is_killed()
    {
        Guest guest = new();
        guest.Entropy.Filling = () => guest.Process.Kill(KillReason.TimedOut);
        GuestKilledException? killed = Assert.Throws<GuestKilledException>(
            () => Randomness.RandomGet(guest.Thread, guest.Memory, new(Guest.Buffer, 190_000)));
        Assert.That(killed!.Reason, Is.EqualTo(KillReason.TimedOut));
        Assert.That(guest.Entropy.Lengths, Has.Count.EqualTo(1));
        Assert.That(guest.Entropy.Lengths[0], Is.LessThanOrEqualTo(65_536));
    }

    [TestCase(8u)]
    [TestCase(100_000u)]
    public void A_source_that_fails_says_why(uint length)
    {
        Guest guest = new();
        guest.Entropy.Failure = Errno.IO;
        Assert.That(Randomness.RandomGet(guest.Thread, guest.Memory, new(Guest.Buffer, length)), Is.EqualTo(Errno.IO));
    }

    [Test]
    public void A_box_without_entropy_says_ENOSYS()
    {
        Guest guest = new();
        guest.Kernel.Entropy = EntropySource.None;
        Assert.That(Randomness.RandomGet(guest.Thread, guest.Memory, new(Guest.Buffer, 8)), Is.EqualTo(Errno.NoSys));
    }
}
