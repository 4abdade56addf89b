using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes.Tests.Events;

/// <summary>epoll(7).</summary>
[TestFixture]
public sealed class PollerTests
{
    private Kernel _kernel = null!;
    private GuestThread _thread = null!;
    private OpenFile _poller = null!;

    [SetUp]
    public void Prepare()
    {
        _kernel = Make.Kernel(new Limits { Subscriptions = 4 });
        _thread = Make.Thread(_kernel);
        _poller = New();
    }

    [TearDown]
    public void End() => _kernel.Dispose();

    [Test]
    public void A_level_is_told_as_long_as_it_lasts()
    {
        var (reader, writer) = Make.Pipe(_kernel);
        Add(reader, 1);
        Assert.That(Ready(), Is.Empty);
        Make.Put(writer, "x");
        Assert.That(Ready(), Is.EqualTo((ulong[])[1]));
        Assert.That(Ready(), Is.EqualTo((ulong[])[1]));
        Make.Text(reader);
        Assert.That(Ready(), Is.Empty);
    }

    [Test]
    public void An_edge_is_told_once_for_each_write()
    {
        var (reader, writer) = Make.Pipe(_kernel);
        Make.Put(writer, "before");
        Add(reader, 1, PollModes.Edge);
        Assert.That(Ready(), Is.EqualTo((ulong[])[1]));
        Assert.That(Ready(), Is.Empty);
        Make.Put(writer, "more");
        Assert.That(Ready(), Is.EqualTo((ulong[])[1]));
        Assert.That(Ready(), Is.Empty);
    }

    [Test]
    public void Once_is_told_once_until_it_is_changed()
    {
        var (reader, writer) = Make.Pipe(_kernel);
        Add(reader, 1, PollModes.Once);
        Make.Put(writer, "x");
        Assert.That(Ready(), Is.EqualTo((ulong[])[1]));
        Make.Put(writer, "x");
        Assert.That(Ready(), Is.Empty);
        Assert.That(Change(PollChange.Modify, reader, 1, PollModes.Once), Is.EqualTo(Errno.Success));
        Assert.That(Ready(), Is.EqualTo((ulong[])[1]));
    }

    [Test]
    public void Mistakes_are_Linuxs()
    {
        var (reader, _) = Make.Pipe(_kernel);
        Add(reader, 1);
        Assert.That(Change(PollChange.Add, reader, 1), Is.EqualTo(Errno.Exist));
        Assert.That(Change(PollChange.Modify, reader, 2), Is.EqualTo(Errno.NoEnt));
        Assert.That(Change(PollChange.Remove, reader, 1), Is.EqualTo(Errno.Success));
        Assert.That(Change(PollChange.Remove, reader, 1), Is.EqualTo(Errno.NoEnt));
        Assert.That(Change(PollChange.Add, new OpenFile(new Regular(), AccessModes.Read), 1), Is.EqualTo(Errno.Perm));
        Assert.That(Change(PollChange.Add, _poller, 1), Is.EqualTo(Errno.Inval));
        Assert.That(_kernel.Anonymous.WaitPoller(_thread, reader, new PollInterest[1], Deadline.Past, out _), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void One_file_under_two_numbers_is_two()
    {
        var (reader, writer) = Make.Pipe(_kernel);
        Add(reader, 1);
        Add(reader, 2);
        Make.Put(writer, "x");
        Assert.That(Ready(), Is.EqualTo((ulong[])[1, 2]));
    }

    [Test]
    public void A_closed_file_vanishes_and_leaves_room()
    {
        for (int i = 0; i < 20; i++)
        {
            var (reader, writer) = Make.Pipe(_kernel);
            Add(reader, i);
            Make.Put(writer, "x");
            reader.Release();
            writer.Release();
        }

        Assert.That(Ready(), Is.Empty);
        for (int i = 0; i < 4; i++)
        {
            Add(Make.Pipe(_kernel).Reader, i);
        }

        Assert.That(Change(PollChange.Add, Make.Pipe(_kernel).Reader, 9), Is.EqualTo(Errno.NoSpc));
    }

    [Test]
    public void Those_that_stay_ready_take_turns()
    {
        for (int i = 0; i < 4; i++)
        {
            var (reader, writer) = Make.Pipe(_kernel);
            Make.Put(writer, "x");
            Add(reader, i);
        }

        ulong[] told = [.. Enumerable.Range(0, 8).SelectMany(_ => Ready(1))];
        Assert.That(told, Is.EqualTo((ulong[])[0, 1, 2, 3, 0, 1, 2, 3]));
    }

    [Test]
    public void Pollers_nest_and_never_in_circles()
    {
        OpenFile inner = New();
        Add(inner, 1);
        var (reader, writer) = Make.Pipe(_kernel);
        Assert.That(Add(inner, reader, 7), Is.EqualTo(Errno.Success));
        Assert.That(Ready(), Is.Empty);
        Make.Put(writer, "x");
        Assert.That(Ready(), Is.EqualTo((ulong[])[1]));
        Assert.That(Add(inner, _poller, 8), Is.EqualTo(Errno.Loop));
        Make.Text(reader);
        Assert.That(Ready(), Is.Empty);
    }

    [Test]
    public void Pollers_nest_five_deep()
    {
        OpenFile outer = New();
        Errno errno = Errno.Success;
        int depth = 1;
        for (; errno == Errno.Success && depth < 10; depth++)
        {
            OpenFile next = New();
            errno = Add(next, outer, 1);
            outer = next;
        }

        Assert.That((errno, depth - 1), Is.EqualTo((Errno.Loop, 5)));
    }

    [Test]
    public void A_wait_ends_by_a_write_and_by_a_deadline()
    {
        var (reader, writer) = Make.Pipe(_kernel);
        Add(reader, 1);
        Task<ulong[]> wait = Make.Run(() => Ready(4, Deadline.Never));
        Make.Until(() => _poller.Queue!.Count == 1, "It does not wait.");
        Make.Put(writer, "x");
        Assert.That(Make.Outcome(wait), Is.EqualTo((ulong[])[1]));
        Make.Text(reader);
        Assert.That(Ready(4, new Deadline(ClockId.Monotonic, _kernel.Clock.Monotonic() + 2_000_000)), Is.Empty);
    }

    [Test]
    public void No_edge_is_lost_under_many_writers()
    {
        const int Writes = 20_000;
        (OpenFile Reader, OpenFile Writer)[] pipes = [.. Enumerable.Range(0, 4).Select(_ => Make.Pipe(_kernel, StatusFlags.NonBlocking))];
        for (int i = 0; i < pipes.Length; i++)
        {
            Add(pipes[i].Reader, i, PollModes.Edge);
        }

        Task<Errno>[] writers = [.. pipes.Select((pipe, i) => Make.Run(() =>
        {
            GuestThread thread = Make.Thread(_kernel, i + 10);
            Errno errno = Errno.Success;
            for (int n = 0; n < Writes && errno == Errno.Success; n++)
            {
                errno = Make.WriteAll(thread, pipe.Writer, [1]);
            }

            return errno;
        }))];
        Task<int> taken = Make.Run(() =>
        {
            byte[] buffer = new byte[4096];
            int sum = 0;
            while (sum < pipes.Length * Writes)
            {
                foreach (ulong ready in Ready(4, Deadline.Never))
                {
                    while (pipes[ready].Reader.Read(buffer, out int count) == Errno.Success)
                    {
                        sum += count;
                    }
                }
            }

            return sum;
        });
        Assert.That(Make.Outcome(taken), Is.EqualTo(pipes.Length * Writes));
        Assert.That(writers.Select(Make.Outcome), Is.All.EqualTo(Errno.Success));
    }

    private OpenFile New()
    {
        Assert.That(_kernel.Anonymous.Poller(_thread.Process, out OpenFile? poller), Is.EqualTo(Errno.Success));
        return poller!;
    }

    private void Add(OpenFile file, int number, PollModes modes = PollModes.None) =>
        Assert.That(Change(PollChange.Add, file, number, modes), Is.EqualTo(Errno.Success));

    private Errno Add(OpenFile poller, OpenFile file, int number) =>
        _kernel.Anonymous.Poll(poller, PollChange.Add, number, file, new PollInterest(Readiness.In, PollModes.None, new PollData((ulong)number)));

    private Errno Change(PollChange change, OpenFile file, int number, PollModes modes = PollModes.None) =>
        _kernel.Anonymous.Poll(_poller, change, number, file, new PollInterest(Readiness.In, modes, new PollData((ulong)number)));

    private ulong[] Ready(int most = 4) => Ready(most, Deadline.Past);

    private ulong[] Ready(int most, Deadline deadline)
    {
        PollInterest[] events = new PollInterest[most];
        Assert.That(_kernel.Anonymous.WaitPoller(_thread, _poller, events, deadline, out int count), Is.EqualTo(Errno.Success));
        return [.. events.Take(count).Select(ready => ready.Data.First)];
    }

    private sealed class Regular : FileOperations
    {
        public override FileType Type => FileType.Regular;
    }
}
