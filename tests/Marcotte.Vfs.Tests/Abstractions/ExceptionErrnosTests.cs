using Marcotte.Core;
using Marcotte.Vfs.Abstractions;

namespace Marcotte.Vfs.Tests.Abstractions;

internal sealed class ExceptionErrnosTests
{
    private static IEnumerable<TestCaseData> Failures =>
    [
        new(new FileNotFoundException(), Errno.NoEnt),
        new(new DirectoryNotFoundException(), Errno.NoEnt),
        new(new PathTooLongException(), Errno.NameTooLong),
        new(new UnauthorizedAccessException(), Errno.Access),
        new(new NotSupportedException(), Errno.NotSup),
        new(new PlatformNotSupportedException(), Errno.NotSup),
        new(new NotImplementedException(), Errno.NotSup),
        new(new ArgumentException("bad"), Errno.Inval),
        new(new ObjectDisposedException("stream"), Errno.BadF),
        new(new OutOfMemoryException(), Errno.NoSpc),
        new(new IOException("some"), Errno.IO),
        new(new IOException("exists", unchecked((int)0x80070050)), Errno.Exist),
        new(new IOException("full", unchecked((int)0x80070070)), Errno.NoSpc),
        new(new IOException("in use", unchecked((int)0x80070020)), Errno.Busy),
        new(new IOException("not empty", unchecked((int)0x80070091)), Errno.NotEmpty),
        new(new IOException("other volume", unchecked((int)0x80070011)), Errno.XDev),
    ];

    [TestCaseSource(nameof(Failures))]
    public void FailuresOfFilesAreErrnos(Exception exception, Errno expected)
    {
        Assert.That(ExceptionErrnos.TryMap(exception, out Errno errno), Is.True);
        Assert.That(errno, Is.EqualTo(expected));
    }

    [Test]
    public void BugsGoOn()
    {
        Assert.That(ExceptionErrnos.TryMap(new NullReferenceException(), out _), Is.False);
        Assert.That(ExceptionErrnos.TryMap(new InvalidOperationException(), out _), Is.False);
    }
}
