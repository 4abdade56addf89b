using System.Text;

namespace Marcotte.Core.Tests;

[TestFixture]
public sealed class ProcessTests
{
    [Test]
    public void A_process_starts_with_nothing()
    {
        Process process = New();
        Assert.That(process.Descriptors.Count, Is.Zero);
        Assert.That(process.Arguments.Count, Is.Zero);
        Assert.That(process.Variables.Count, Is.Zero);
        Assert.That(process.Credentials, Is.EqualTo(Credentials.Root));
        Assert.That(process.Umask, Is.EqualTo(0x12));
        Assert.That(process.Killed, Is.Null);
        Assert.That(process.Threads.Length, Is.Zero);
    }

    [Test]
    public void A_umask_is_permission_bits_only()
    {
        Process process = New();
        process.Umask = 0xFFFF;
        Assert.That(process.Umask, Is.EqualTo(0x1FF));
    }

    [Test]
    public void A_child_has_copies_and_shares_open_files()
    {
        Slot<StringBuilder> copied = new(state => new StringBuilder(state.ToString()));
        Slot<StringBuilder> dropped = new();
        Process parent = New();
        Probe probe = new();
        parent.Descriptors.Add(Make.Descriptor(probe), out int number);
        parent.Arguments = new ByteStrings(["a"]);
        parent.Variables = new ByteStrings(["K=V"]);
        parent.Credentials = new Credentials(5, 6) { Groups = [7] };
        parent.Umask = 0x3F;
        parent.Slots.Set(copied, new StringBuilder("state"));
        parent.Slots.Set(dropped, new StringBuilder("own"));
        _ = new GuestThread(parent, 1, new PinnedMemory(1));

        Process child = parent.Fork(2);
        Assert.That(child.Id, Is.EqualTo(2));
        Assert.That(child.Kernel, Is.SameAs(parent.Kernel));
        Assert.That(child.Threads.Length, Is.Zero);
        Assert.That(child.Arguments, Is.SameAs(parent.Arguments));
        Assert.That(child.Variables, Is.SameAs(parent.Variables));
        Assert.That(child.Credentials, Is.EqualTo(parent.Credentials));
        Assert.That(child.Umask, Is.EqualTo(0x3F));
        Assert.That(child.Slots.Get(dropped), Is.Null);
        Assert.That(child.Slots.Get(copied)?.ToString(), Is.EqualTo("state"));
        child.Slots.Get(copied)!.Append('!');
        Assert.That(parent.Slots.Get(copied)?.ToString(), Is.EqualTo("state"));

        parent.Close();
        Assert.That(probe.Releases, Is.Zero);
        Assert.That(child.Descriptors.Close(number), Is.EqualTo(Errno.Success));
        Assert.That(probe.Releases, Is.EqualTo(1));
    }

    [Test]
    public void The_first_reason_of_a_kill_stays_and_a_child_is_not_killed()
    {
        Process process = New();
        GuestThread thread = new(process, 1, new PinnedMemory(1));
        int interrupts = 0;
        process.Kernel.Interrupted += () => interrupts++;
        Assert.That(thread.IsKilled, Is.False);
        Assert.That(thread.ThrowIfKilled, Throws.Nothing);
        process.Kill(KillReason.Killed);
        process.Kill(KillReason.TimedOut);
        Assert.That(process.Killed, Is.EqualTo(KillReason.Killed));
        Assert.That(thread.IsKilled, Is.True);
        Assert.That(thread.ThrowIfKilled, Throws.TypeOf<GuestKilledException>());
        Assert.That(interrupts, Is.EqualTo(2));
        Assert.That(process.Fork(2).Killed, Is.Null);
    }

    [Test]
    public void Threads_come_and_go()
    {
        Process process = New();
        GuestThread first = new(process, 1, new PinnedMemory(1));
        GuestThread second = new(process, 2, new PinnedMemory(1));
        Assert.That(process.Threads.ToArray(), Is.EqualTo(new[] { first, second }));
        first.End();
        first.End();
        Assert.That(process.Threads.ToArray(), Is.EqualTo(new[] { second }));
    }

    [Test]
    public void Threads_that_come_and_go_at_once_are_not_lost()
    {
        Process process = New();
        Parallel.For(0, 400, i =>
        {
            GuestThread thread = new(process, i, new PinnedMemory(1));
            if (i % 2 == 0)
            {
                thread.End();
            }
        });
        Assert.That(process.Threads.Length, Is.EqualTo(200));
    }

    [Test]
    public void Slots_hold_one_state_each()
    {
        Slot<string> one = new();
        Slot<string> two = new();
        SlotTable table = new();
        Assert.That(table.Get(one), Is.Null);
        table.Set(one, "a");
        table.Set(two, "b");
        table.Set(one, "c");
        Assert.That((table.Get(one), table.Get(two)), Is.EqualTo(("c", "b")));
    }

    [Test]
    public void Slots_set_from_many_threads_are_all_there()
    {
        SlotTable table = new();
        Slot<string>[] slots = [.. Enumerable.Range(0, 200).Select(_ => new Slot<string>())];
        Parallel.For(0, slots.Length, i => table.Set(slots[i], $"{i}"));
        Assert.That(slots.Select(table.Get), Is.EqualTo(Enumerable.Range(0, 200).Select(i => $"{i}")));
    }

    [Test]
    public void A_kernel_disposes_what_it_owns_last_in_first_out()
    {
        List<int> order = [];
        Kernel kernel = new(Limits.Default);
        kernel.Own(new Disposed(() => order.Add(1)));
        kernel.Own(new Disposed(() => order.Add(2)));
        kernel.Dispose();
        kernel.Dispose();
        Assert.That(order, Is.EqualTo(new[] { 2, 1 }));
    }

    [Test]
    public void Contracts_that_no_layer_fulfils_answer_ENOSYS()
    {
        using Kernel kernel = new(Limits.Default);
        GuestThread thread = new(new Process(kernel, 1), 1, new PinnedMemory(1));
        PathReference path = new(thread.Process, null, "x"u8, PathFlags.None);
        Assert.That(kernel.Files.Open(path, default, out _), Is.EqualTo(Errno.NoSys));
        Assert.That(kernel.Files.Stat(path, out _), Is.EqualTo(Errno.NoSys));
        Assert.That(kernel.Files.Rename(path, path), Is.EqualTo(Errno.NoSys));
        Assert.That(kernel.Entropy.Fill(new byte[1]), Is.EqualTo(Errno.NoSys));
        Assert.That(kernel.Clock.Now(ClockId.Realtime, thread, out _), Is.EqualTo(Errno.NoSys));
        Assert.That(kernel.Clock.Resolution(ClockId.Realtime, out _), Is.EqualTo(Errno.NoSys));
        Assert.That(kernel.Environment.Arguments.Count, Is.Zero);
    }

    [Test]
    public void Strings_are_packed_with_a_NUL_after_each()
    {
        ByteStrings strings = new(["a", "", "ö"]);
        Assert.That(strings.Count, Is.EqualTo(3));
        Assert.That(strings.Block.ToArray(), Is.EqualTo("a\0\0ö\0"u8.ToArray()));
        Assert.That(strings.Offsets.ToArray(), Is.EqualTo(new[] { 0, 2, 3 }));
        Assert.That(strings[0].ToArray(), Is.EqualTo("a"u8.ToArray()));
        Assert.That(strings[1].Length, Is.Zero);
        Assert.That(strings[2].ToArray(), Is.EqualTo("ö"u8.ToArray()));
        Assert.That(ByteStrings.Empty.Block.Length, Is.Zero);
        Assert.That(() => new ByteStrings(["ok", "a\0b"]), Throws.ArgumentException.With.Message.Contains("a\\0b"));
    }

    [TestCase(TimeUpdate.Omit, 5)]
    [TestCase(TimeUpdate.Now, 9)]
    [TestCase(-3, -3)]
    public void A_time_update_leaves_takes_now_or_sets(long asked, long becomes) =>
        Assert.That(TimeUpdate.Apply(asked, 5, 9), Is.EqualTo(becomes));

    private static Process New() => new(new Kernel(Limits.Default), 1);

    private sealed class Disposed(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
