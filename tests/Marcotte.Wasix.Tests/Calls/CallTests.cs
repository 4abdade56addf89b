using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix.Tests;

/// <summary>The call itself: what is a request, what fits, what there is.</summary>
[TestFixture]
public sealed class CallTests
{
    private const int Version = 0x0000;

    [Test]
    public void It_tells_its_version()
    {
        using Guest guest = new();
        Assert.That(guest.Call(Version, new Request(), out Reply reply), Is.EqualTo(Errno.Success));
        Assert.That((reply.Length, reply.UInt(), reply.UInt()), Is.EqualTo((8, 1u, 0u)));
    }

    [Test]
    public void All_operations_of_the_header_are_there()
    {
        (int Family, int Last)[] families = [(1, 0x0E), (2, 0x09), (3, 0x0C), (4, 0x14), (5, 0x14), (6, 0x0C)];
        foreach ((int family, int last) in families)
        {
            Assert.That(CallTable.Find(family << 8), Is.Null);
            for (int number = 1; number <= last; number++)
            {
                Assert.That(CallTable.Find((family << 8) | number), Is.Not.Null, $"{family:X2}{number:X2}");
            }

            Assert.That(CallTable.Find((family << 8) | (last + 1)), Is.Null);
        }
    }

    [TestCase(0x0001)]
    [TestCase(0x0700)]
    [TestCase(0xFFFF)]
    public void What_is_none_is_not_there(int operation)
    {
        using Guest guest = new();
        Assert.That(guest.Call(operation, new Request()), Is.EqualTo(Errno.NoSys));
    }

    [Test]
    public void Every_operation_refuses_a_request_that_is_too_long_and_touches_nothing()
    {
        using Guest guest = new();
        byte[] before = guest.Bytes.ToArray();
        for (int family = 1; family <= 6; family++)
        {
            for (int number = 1; number <= 0x14; number++)
            {
                int operation = (family << 8) | number;
                if (CallTable.Find(operation) is not null)
                {
                    // All ones: no list, text or count of these is within the request.
                    Errno errno = guest.Call(operation, new Request().Put([.. Enumerable.Repeat((byte)0xFF, 300)]));
                    Assert.That(errno, Is.EqualTo(Errno.Inval).Or.EqualTo(Errno.TooBig).Or.EqualTo(Errno.NotSup), $"{operation:X4}");
                }
            }
        }

        Assert.That(guest.Bytes[..0x8000].SequenceEqual(before.AsSpan(0, 0x8000)), Is.True);
        Assert.That(guest.Process.Descriptors.Count, Is.Zero);
    }

    [Test]
    public void Every_operation_that_takes_something_refuses_an_empty_request()
    {
        int[] takesNothing = [0x0101, 0x0105, 0x0106, 0x0108, 0x010B, 0x010E, 0x0203, 0x0209, 0x0304, 0x0307, 0x0413, 0x0414];
        using Guest guest = new();
        for (int operation = 0x0100; operation < 0x0700; operation++)
        {
            if (CallTable.Find(operation) is not null && !takesNothing.Contains(operation))
            {
                Assert.That(guest.Call(operation, new Request()), Is.EqualTo(Errno.Inval), $"{operation:X4}");
            }
        }
    }

    [Test]
    public void A_reply_that_does_not_fit_is_not_written_and_nothing_is_done()
    {
        using Guest guest = new();
        Assert.That(guest.Call(Version, new Request(), out _, room: 7), Is.EqualTo(Errno.Range));
        Assert.That(guest.Call(0x0501, new Request().UInt(0), out _, room: 7), Is.EqualTo(Errno.Range));
        Assert.That(guest.Call(0x0401, new Request().Int(-100).UInt(0x42).UInt(0).Text("/made"), out _, room: 3), Is.EqualTo(Errno.Range));
        Assert.That(guest.Process.Descriptors.Count, Is.Zero);
        Assert.That(guest.Call(0x0402, new Request().Int(-100).UInt(0).Text("/made")), Is.EqualTo(Errno.NoEnt));
        Assert.That(guest.Bytes[0x20000], Is.EqualTo(0xEE));
    }

    [TestCase(Guest.Size - 2, 4u, 0x20000u, 8u, Guest.First)]
    [TestCase(0x8000u, 4u, Guest.Size - 4, 8u, Guest.First)]
    [TestCase(0x8000u, 4u, 0x20000u, uint.MaxValue, Guest.First)]
    [TestCase(0x8000u, 4u, 0x20000u, 8u, Guest.Size - 2)]
    public void What_lies_outside_of_memory_is_a_fault(uint request, uint length, uint reply, uint room, uint used)
    {
        using Guest guest = new();
        Errno errno = Preview1.PathReadlink(
            guest.Thread, guest.Memory, Call.Descriptor, new GuestText(request, length), new GuestSpan<byte>(reply, room), new GuestOut<uint>(used));
        Assert.That(errno, Is.EqualTo(Errno.Fault));
    }

    [Test]
    public void A_head_that_is_cut_or_not_zero_is_invalid()
    {
        using Guest guest = new();
        guest.Write(0x8000, 0x0001_0000u);
        GuestSpan<byte> reply = new(0x20000, 64);
        Assert.That(Preview1.PathReadlink(guest.Thread, guest.Memory, Call.Descriptor, new GuestText(0x8000, 4), reply, new GuestOut<uint>(Guest.First)), Is.EqualTo(Errno.Inval));
        Assert.That(Preview1.PathReadlink(guest.Thread, guest.Memory, Call.Descriptor, new GuestText(0x8000, 3), reply, new GuestOut<uint>(Guest.First)), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void Request_and_reply_may_lie_at_one_place()
    {
        using Guest guest = new();
        new Request().Text("itself").Build(0x010D).CopyTo(guest.Bytes[0x8000..]);
        GuestSpan<byte> room = new(0x8000, 64);
        Assert.That(Preview1.PathReadlink(guest.Thread, guest.Memory, Call.Descriptor, new GuestText(0x8000, 14), room, new GuestOut<uint>(Guest.First)), Is.EqualTo(Errno.Success));
        new Request().Build(0x010E).CopyTo(guest.Bytes[0x8000..]);
        Assert.That(Preview1.PathReadlink(guest.Thread, guest.Memory, Call.Descriptor, new GuestText(0x8000, 4), room, new GuestOut<uint>(Guest.First)), Is.EqualTo(Errno.Success));
        Assert.That(guest.Bytes.Slice(0x8004, 6).ToArray(), Is.EqualTo("itself"u8.ToArray()));
    }

    [Test]
    public void Another_descriptor_is_a_link_to_be_read()
    {
        using Guest guest = new();
        GuestText path = guest.Text("link");
        Assert.That(
            Preview1.PathReadlink(guest.Thread, guest.Memory, 9, path, new GuestSpan<byte>(0x20000, 64), new GuestOut<uint>(Guest.First)), Is.EqualTo(Errno.BadF));
    }

    [Test]
    public void The_first_call_takes_back_what_was_handed_to_the_guest()
    {
        using Guest guest = new();
        SignalHandling.HandToGuest(guest.Process);
        guest.Signals.GetAction(guest.Process, Signal.Terminate, out SignalAction handed);
        guest.Signals.GetAction(guest.Process, Signal.Child, out SignalAction child);
        Assert.That((handed.Disposition, handed.Flags, child.Flags), Is.EqualTo((Disposition.Handle, SignalFlags.None, SignalFlags.Restart)));
        guest.Call(Version, new Request());
        guest.Signals.GetAction(guest.Process, Signal.Terminate, out SignalAction exact);
        Assert.That(exact.Disposition, Is.EqualTo(Disposition.Default));
        SignalHandling.HandToGuest(guest.Process);
        guest.Signals.GetAction(guest.Process, Signal.Terminate, out exact);
        Assert.That(exact.Disposition, Is.EqualTo(Disposition.Default));
    }

    [TestCase(0x0101)]
    [TestCase(0x0106)]
    [TestCase(0x0304)]
    public void Frequent_operations_allocate_nothing(int operation)
    {
        using Guest guest = new();
        new Request().Build(operation).CopyTo(guest.Bytes[0x8000..]);
        long allocated = Guest.Allocated(() => Preview1.PathReadlink(
            guest.Thread, guest.Memory, Call.Descriptor, new GuestText(0x8000, 4), new GuestSpan<byte>(0x20000, 512), new GuestOut<uint>(Guest.First)));
        Assert.That(allocated, Is.Zero);
    }
}
