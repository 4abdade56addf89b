using Marcotte.Core;

namespace Marcotte.Processes.Tests.Pipes;

/// <summary>fifo(7), and POSIX's open() for FIFOs.</summary>
[TestFixture]
public sealed class FifoTests
{
    private Kernel _kernel = null!;
    private SpecialFile _fifo = null!;

    [SetUp]
    public void Prepare()
    {
        _kernel = Make.Kernel(new Limits { Pipes = 1 });
        _fifo = _kernel.Anonymous.Fifo(_kernel)!;
    }

    [TearDown]
    public void End() => _kernel.Dispose();

    [Test]
    public void An_opening_lasts_until_the_other_end_is_opened([Values(AccessModes.Read, AccessModes.Write)] AccessModes access)
    {
        OpenFile mine = Open(access);
        Assert.That(Opening(mine), Is.EqualTo(Errno.Again));
        OpenFile other = Open(AccessModes.ReadWrite & ~access);
        Assert.That((Opening(mine), Opening(other)), Is.EqualTo((Errno.Success, Errno.Success)));
    }

    /// <summary>The other end may be gone again before a sleeper has looked.</summary>
    [Test]
    public void An_opening_that_was_met_stays_met([Values(AccessModes.Read, AccessModes.Write)] AccessModes access)
    {
        OpenFile mine = Open(access);
        Open(AccessModes.ReadWrite & ~access).Release();
        Assert.That(Opening(mine), Is.EqualTo(Errno.Success));
    }

    [Test]
    public void Without_waiting_a_reader_opens_and_a_writer_is_ENXIO()
    {
        Assert.That(_fifo.Open(Make.Process(_kernel), AccessModes.Write, StatusFlags.NonBlocking, out _), Is.EqualTo(Errno.NxIO));
        OpenFile reader = Open(AccessModes.Read, StatusFlags.NonBlocking);
        Assert.That(Opening(reader), Is.EqualTo(Errno.Success));
        Assert.That(Make.Text(reader), Is.Empty);
        Assert.That(reader.Poll(), Is.EqualTo(Readiness.None), "nobody has hung up yet");
        OpenFile writer = Open(AccessModes.Write, StatusFlags.NonBlocking);
        Assert.That(Make.Text(reader), Is.EqualTo("Again"));
        writer.Release();
        Assert.That(reader.Poll(), Is.EqualTo(Readiness.HangUp));
    }

    [Test]
    public void An_opening_for_both_never_waits_and_is_its_own_other_end()
    {
        OpenFile both = Open(AccessModes.ReadWrite);
        Assert.That(Opening(both), Is.EqualTo(Errno.Success));
        Make.Put(both, "me");
        Assert.That(both.Poll(), Is.EqualTo(Readiness.In | Readiness.Out));
        Assert.That(Make.Text(both), Is.EqualTo("me"));
    }

    [Test]
    public void The_last_close_empties_it()
    {
        OpenFile both = Open(AccessModes.ReadWrite);
        Make.Put(both, "gone");
        both.Release();
        Assert.That(Make.Text(Open(AccessModes.ReadWrite)), Is.EqualTo("Again"));
    }

    [Test]
    public void It_counts_as_one_pipe_while_it_is_open()
    {
        OpenFile both = Open(AccessModes.ReadWrite);
        OpenFile again = Open(AccessModes.ReadWrite);
        Process process = Make.Process(_kernel);
        Assert.That(_kernel.Anonymous.Pipe(process, StatusFlags.None, out _, out _), Is.EqualTo(Errno.NFile));
        Assert.That(_kernel.Anonymous.Fifo(_kernel)!.Open(process, AccessModes.ReadWrite, StatusFlags.None, out _), Is.EqualTo(Errno.NFile));
        both.Release();
        again.Release();
        Assert.That(_kernel.Anonymous.Pipe(process, StatusFlags.None, out _, out _), Is.EqualTo(Errno.Success));
    }

    private static Errno Opening(OpenFile file) => file.Operations.Opening(file);

    private OpenFile Open(AccessModes access, StatusFlags status = StatusFlags.None)
    {
        Assert.That(_fifo.Open(Make.Process(_kernel), access, status, out FileOperations? operations), Is.EqualTo(Errno.Success));
        return new OpenFile(operations!, access, status);
    }
}
