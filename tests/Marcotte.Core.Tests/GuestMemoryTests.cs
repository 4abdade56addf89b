namespace Marcotte.Core.Tests;

[TestFixture]
public sealed unsafe class GuestMemoryTests
{
    private const int Size = 256;

    [TestCase(0u, 256u, true)]
    [TestCase(255u, 1u, true)]
    [TestCase(256u, 0u, true)]
    [TestCase(257u, 0u, true)]
    [TestCase(uint.MaxValue, 0u, true)]
    [TestCase(256u, 1u, false)]
    [TestCase(255u, 2u, false)]
    [TestCase(0u, 257u, false)]
    [TestCase(uint.MaxValue, 1u, false)]
    [TestCase(uint.MaxValue, uint.MaxValue, false)]
    [TestCase(1u, uint.MaxValue, false)]
    [TestCase(0u, 0x8000_0000u, false)]
    [TestCase(128u, 0xFFFF_FF80u, false)]
    public void A_stretch_lies_inside_or_is_refused(uint address, uint length, bool inside)
    {
        GuestMemory memory = new(new PinnedMemory(Size));
        Assert.That(memory.TrySlice(address, length, out Span<byte> bytes), Is.EqualTo(inside));
        Assert.That(bytes.Length, Is.EqualTo(inside ? (int)length : 0));
        Assert.That(memory.TrySlice(new GuestSpan<byte>(address, length), out bytes), Is.EqualTo(inside));
    }

    /// <summary>CVE-2025-69261, CVE-2022-28990: a count times a size that wraps in 32 bits.</summary>
    [TestCase(0u, 32u, true)]
    [TestCase(0u, 33u, false)]
    [TestCase(1u, 31u, true)]
    [TestCase(249u, 1u, false)]
    [TestCase(0u, 0x2000_0000u, false)]
    [TestCase(0u, 0x2000_0001u, false)]
    [TestCase(0u, 0x1000_0000u, false)]
    [TestCase(0u, uint.MaxValue, false)]
    [TestCase(uint.MaxValue, 0u, true)]
    public void A_row_whose_size_wraps_is_refused(uint address, uint count, bool inside)
    {
        GuestMemory memory = new(new PinnedMemory(Size));
        Assert.That(memory.TrySliceBytes(new GuestSpan<long>(address, count), out Span<byte> bytes), Is.EqualTo(inside));
        Assert.That(bytes.Length, Is.EqualTo(inside ? (int)count * 8 : 0));
    }

    [TestCase(0u, true)]
    [TestCase(3u, true)]
    [TestCase(248u, true)]
    [TestCase(249u, false)]
    [TestCase(256u, false)]
    [TestCase(uint.MaxValue, false)]
    [TestCase(uint.MaxValue - 7, false)]
    public void A_value_is_read_and_written_wherever_it_fits(uint address, bool fits)
    {
        PinnedMemory linear = new(Size);
        GuestMemory memory = new(linear);
        Assert.That(memory.CanWrite(new GuestOut<ulong>(address)), Is.EqualTo(fits));
        Assert.That(memory.TryWrite(new GuestOut<ulong>(address), 0x0807_0605_0403_0201UL), Is.EqualTo(fits));
        Assert.That(memory.TryRead(new GuestPtr<ulong>(address), out ulong value), Is.EqualTo(fits));
        Assert.That(value, Is.EqualTo(fits ? 0x0807_0605_0403_0201UL : 0));
        if (fits)
        {
            Assert.That(linear.Bytes.Slice((int)address, 8).ToArray(), Is.EqualTo(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }));
        }
        else
        {
            Assert.That(linear.Bytes.ToArray(), Is.All.Zero);
        }
    }

    [Test]
    public void Growth_is_noticed_when_an_access_reaches_beyond_what_is_known()
    {
        Growing linear = new();
        GuestMemory memory = new(linear, 77);
        Assert.That(memory.TrySlice(0, 0, out _), Is.True);
        Assert.That(memory.TrySlice(100, 0, out _), Is.True);
        Assert.That(linear.Refreshes, Is.Zero, "An empty stretch lies anywhere.");
        linear.Actual = 64;
        Assert.That(memory.TrySlice(0, 64, out _), Is.True);
        Assert.That((linear.Refreshes, linear.Frame), Is.EqualTo((1, (nint)77)));
        Assert.That(memory.TrySlice(0, 64, out _), Is.True);
        Assert.That(linear.Refreshes, Is.EqualTo(1));
        linear.Actual = 128;
        Assert.That(memory.TrySlice(0, 129, out _), Is.False);
        Assert.That(memory.TrySlice(64, 64, out Span<byte> grown), Is.True);
        Assert.That(grown.Length, Is.EqualTo(64));
        Assert.That(linear.Refreshes, Is.EqualTo(2));
    }

    [Test]
    public void A_guest_without_memory_has_nothing_but_empty_stretches()
    {
        GuestMemory memory = new(new Growing());
        Assert.That(memory.TrySlice(0, 1, out _), Is.False);
        Assert.That(memory.TryRead(new GuestPtr<byte>(0), out _), Is.False);
        Assert.That(memory.TrySlice(0, 0, out Span<byte> empty), Is.True);
        Assert.That(empty.Length, Is.Zero);
    }

    [Test]
    public void A_text_is_held_against_its_limit_and_its_bounds()
    {
        PinnedMemory linear = new(Size);
        "path"u8.CopyTo(linear.Bytes[250..]);
        GuestMemory memory = new(linear);
        Assert.That(memory.ReadText(new GuestText(250, 4), 4, out ReadOnlySpan<byte> text), Is.EqualTo(Errno.Success));
        Assert.That(text.ToArray(), Is.EqualTo("path"u8.ToArray()));
        Assert.That(memory.ReadText(new GuestText(250, 4), 3, out text), Is.EqualTo(Errno.NameTooLong));
        Assert.That(text.Length, Is.Zero);
        Assert.That(memory.ReadText(new GuestText(250, 7), 10, out text), Is.EqualTo(Errno.Fault));
        Assert.That(memory.ReadText(new GuestText(250, uint.MaxValue), 10, out text), Is.EqualTo(Errno.Fault));
        Assert.That(memory.ReadText(new GuestText(9999, 0), 10, out text), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void A_text_in_shared_memory_does_not_change_once_read()
    {
        Growing linear = new() { Actual = 64, Shared = true };
        GuestMemory memory = new(linear);
        Assert.That(memory.TrySlice(0, 4, out Span<byte> bytes), Is.True);
        "safe"u8.CopyTo(bytes);
        Assert.That(memory.ReadText(new GuestText(0, 4), 10, out ReadOnlySpan<byte> text), Is.EqualTo(Errno.Success));
        "evil"u8.CopyTo(bytes);
        Assert.That(text.ToArray(), Is.EqualTo("safe"u8.ToArray()));
    }

    /// <summary>Memory whose true length is known only once it is refreshed.</summary>
    private sealed class Growing : LinearMemory
    {
        private readonly byte[] _bytes = GC.AllocateArray<byte>(1024, pinned: true);

        internal ulong Actual { get; set; }

        internal bool Shared { get; init; }

        internal int Refreshes { get; private set; }

        internal nint Frame { get; private set; }

        public override bool IsShared => Shared;

        public override void Refresh(nint frame)
        {
            Refreshes++;
            Frame = frame;
            SetBounds((byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _bytes[0]), Actual);
        }
    }
}
