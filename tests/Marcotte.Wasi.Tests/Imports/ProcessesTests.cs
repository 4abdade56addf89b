using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

[TestFixture]
public sealed class ProcessesTests
{
    [TestCase(0u)]
    [TestCase(1u)]
    [TestCase(126u)]
    [TestCase(256u)]
    [TestCase(uint.MaxValue)]
    public void Exit_unwinds_the_guest_with_all_32_bits(uint code)
    {
        Guest guest = new();
        Processes.ProcExit(guest.Thread, code);
        ProcessExitException? exit = guest.Thread.Unwinding as ProcessExitException;
        Assert.That(exit!.Code, Is.EqualTo(code));
    }

    [TestCase(0u, Errno.NotSup)]
    [TestCase(9u, Errno.NotSup)]
    [TestCase(30u, Errno.NotSup)]
    [TestCase(31u, Errno.Inval)]
    [TestCase(0x109u, Errno.Inval)]
    [TestCase(uint.MaxValue, Errno.Inval)]
    public void Raising_is_not_supported(uint signal, Errno expected) =>
        Assert.That(Processes.ProcRaise(new Guest().Thread, (Signal)signal), Is.EqualTo(expected));

    [Test]
    public void Yielding_succeeds() => Assert.That(Processes.SchedYield(new Guest().Thread), Is.EqualTo(Errno.Success));
}
