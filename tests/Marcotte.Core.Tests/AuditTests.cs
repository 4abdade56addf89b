namespace Marcotte.Core.Tests;

internal sealed class AuditTests
{
    private static readonly DateTimeOffset Noon = new(2024, 2, 29, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_full_channel_drops_the_newest_and_counts()
    {
        AuditChannel channel = new(2);
        Fill(channel, 5);
        channel.Complete();

        Assert.That(channel.Dropped, Is.EqualTo(3));
        Assert.That(Processes(channel), Is.EqualTo(new[] { 0, 1 }));
    }

    [Test]
    public void A_full_channel_drops_the_oldest_when_asked_to()
    {
        AuditChannel channel = new(2, AuditOverflow.DropOldest);
        Fill(channel, 5);
        channel.Complete();

        Assert.That(channel.Dropped, Is.EqualTo(3));
        Assert.That(Processes(channel), Is.EqualTo(new[] { 3, 4 }));
    }

    [Test]
    public void What_comes_after_the_end_is_dropped_and_counted()
    {
        AuditChannel channel = new();
        channel.Complete();
        Fill(channel, 1);

        Assert.That(channel.Dropped, Is.EqualTo(1));
    }

    [Test]
    public void A_channel_keeps_at_least_one() =>
        Assert.That(() => new AuditChannel(0), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public async Task A_reader_gets_events_as_they_come_until_the_end()
    {
        AuditChannel channel = new();
        Task<List<int>> reading = Task.Run(async () =>
        {
            List<int> seen = [];
            await foreach (AuditEvent audited in channel.ReadAllAsync())
            {
                seen.Add(audited.Origin.Process);
            }

            return seen;
        });
        Fill(channel, 3);
        channel.Complete();

        Assert.That(await reading.WaitAsync(Make.Patience), Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void Many_writers_lose_nothing_uncounted()
    {
        AuditChannel channel = new(100);
        Parallel.For(0, 4, _ => Fill(channel, 1000));
        channel.Complete();

        Assert.That(Processes(channel).Count() + channel.Dropped, Is.EqualTo(4000));
    }

    [Test]
    public void An_observed_call_is_told_with_who_when_and_what()
    {
        AuditList sink = new(new StoppedTime(Noon));
        GuestThread thread = Surface.Thread();
        thread.Kernel.Audit = sink;
        thread.Kernel.Name = "tenant 7";
        "etc/passwd"u8.CopyTo(Slice(thread, 8, 10));

        Run(thread, new PolicyOptions().Observe("path_*"), Surface.Get("path_open"), Errno.NoEnt, 8, 10);

        SyscallObserved observed = (SyscallObserved)sink.Events.Single();
        Assert.That(observed.Origin, Is.EqualTo(new AuditOrigin(Noon, thread.Kernel.Id, "tenant 7", 1, 1)));
        Assert.That((observed.Rule, observed.Errno, observed.IsDenial), Is.EqualTo(("observe path_*", (Errno?)Errno.NoEnt, false)));
        Assert.That(observed.Call.Texts, Is.EqualTo(new[] { "etc/passwd" }));
        Assert.That(observed.Call.Arguments, Is.EqualTo(new ulong[] { 8, 10 }));
    }

    [Test]
    public void A_text_outside_of_memory_is_left_out()
    {
        AuditList sink = new();
        GuestThread thread = Surface.Thread();
        thread.Kernel.Audit = sink;

        Run(thread, new PolicyOptions().Observe("path_*"), Surface.Get("path_open"), Errno.Fault, uint.MaxValue, 10);

        Assert.That(((SyscallObserved)sink.Events.Single()).Call.Texts, Is.Empty);
    }

    [Test]
    public void A_descriptor_is_told_as_it_was_when_the_call_began()
    {
        AuditList sink = new();
        GuestThread thread = Surface.Thread();
        thread.Kernel.Audit = sink;
        CallPolicy policy = new PolicyOptions().ObserveDescriptors(DescriptorMatch.OfType(FileType.Fifo)).BuildCalls(Surface.All)!;
        ulong[] arguments = [1];
        SyscallDecision decision = policy.Entering(new SyscallEntry { Syscall = Surface.All[0], Thread = thread, Arguments = arguments, Memory = new GuestMemory(thread.Memory) });
        thread.Process.Descriptors.Close(1);

        policy.Completed(new SyscallEvent { Syscall = Surface.All[0], Thread = thread, Arguments = arguments, Memory = new GuestMemory(thread.Memory), Mark = decision.Mark });

        Assert.That(((DescriptorObserved)sink.Events.Single()).File, Is.EqualTo(new AuditedDescriptor(1, FileType.Fifo)));
    }

    [Test]
    public void Boxes_are_told_apart()
    {
        using Kernel one = new(Limits.Default);
        using Kernel other = new(Limits.Default);
        Assert.That(one.Id, Is.Not.EqualTo(other.Id));
    }

    private static void Run(GuestThread thread, PolicyOptions options, Syscall syscall, Errno errno, params ulong[] arguments)
    {
        CallPolicy policy = options.BuildCalls(Surface.All)!;
        GuestMemory memory = new(thread.Memory);
        SyscallDecision decision = policy.Entering(new SyscallEntry { Syscall = syscall, Thread = thread, Arguments = arguments, Memory = memory });
        policy.Completed(new SyscallEvent { Syscall = syscall, Thread = thread, Arguments = arguments, Memory = memory, Errno = errno, Mark = decision.Mark });
    }

    private static Span<byte> Slice(GuestThread thread, uint address, uint length)
    {
        Assert.That(new GuestMemory(thread.Memory).TrySlice(address, length, out Span<byte> bytes), Is.True);
        return bytes;
    }

    private static void Fill(AuditSink sink, int count)
    {
        for (int i = 0; i < count; i++)
        {
            sink.Write(new PathObserved(new AuditOrigin(Noon, 1, null, i, null), "observe /", new AuditedPath("/", "x"), PathVerbs.Read));
        }
    }

    private static IEnumerable<int> Processes(AuditChannel channel) =>
        channel.ReadAllAsync().ToBlockingEnumerable().Select(audited => audited.Origin.Process);

    private sealed class StoppedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
