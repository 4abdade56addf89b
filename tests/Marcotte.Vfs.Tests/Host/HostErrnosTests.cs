using Marcotte.Core;
using Marcotte.Vfs.Host;
using Marcotte.Vfs.Host.Linux;

namespace Marcotte.Vfs.Tests.Host;

internal sealed class HostErrnosTests
{
    [TestCase(2, Errno.NoEnt)]
    [TestCase(5, Errno.IO)]
    [TestCase(13, Errno.Access)]
    [TestCase(18, Errno.XDev)]
    [TestCase(23, Errno.NFile)]
    [TestCase(24, Errno.NFile)]
    [TestCase(28, Errno.NoSpc)]
    [TestCase(40, Errno.Loop)]
    [TestCase(116, Errno.Stale)]
    [TestCase(122, Errno.DQuot)]
    public void LinuxNumbersAreOurs(int number, Errno errno) => Assert.That(HostErrnos.FromLinux(number), Is.EqualTo(errno));

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(15)]
    [TestCase(117)]
    [TestCase(134)]
    [TestCase(70_000)]
    public void WhatHasNoNameIsIO(int number) => Assert.That(HostErrnos.FromLinux(number), Is.EqualTo(Errno.IO));

    [Test]
    public void LayoutsAreTheKernels()
    {
        unsafe
        {
            Assert.That(sizeof(StatBuffer), Is.EqualTo(256));
            Assert.That(sizeof(OpenHow), Is.EqualTo(24));
            Assert.That(sizeof(TimeSpec), Is.EqualTo(16));
            Assert.That(sizeof(IoVector), Is.EqualTo(16));
            Assert.That(sizeof(NativeName), Is.EqualTo(256));
            Assert.That(sizeof(VolumeBuffer), Is.GreaterThanOrEqualTo(112));
        }
    }

    [Test]
    public void ForeignDevicesGetNumbersApart()
    {
        HostIdentity home = new(1, 42);
        HostIdentity foreign = new(2, 42);
        Assert.That(home.Number(1), Is.EqualTo(42));
        Assert.That(home.DeviceInBox(1, 7), Is.EqualTo(7));
        Assert.That(foreign.Number(1), Is.Not.EqualTo(42).And.GreaterThan(1UL << 63));
        Assert.That(foreign.DeviceInBox(1, 7), Is.GreaterThan(1UL << 63));
        Assert.That(new HostIdentity(3, 42).Number(1), Is.Not.EqualTo(foreign.Number(1)));
    }

    [Test]
    public void OwnersOfTheHostDoNotComeIn()
    {
        IdentityMap owners = new([new IdentityRange(1000, 0)], [new IdentityRange(1001, 0)]);
        Assert.That((owners.User(1000), owners.Group(1001)), Is.EqualTo((0u, 0u)));
        Assert.That((owners.User(0), owners.Group(5)), Is.EqualTo((65534u, 65534u)));
    }
}
