using Marcotte.Core;
using Marcotte.Vfs.HostAccess;

namespace Marcotte.Vfs.Tests.HostAccess;

/// <summary>Errnos and exceptions: one table, and the way back that an <c>IFileSystem</c> mount takes.</summary>
internal sealed class TreeErrorsTests
{
    [TestCase(Errno.NoEnt, false, typeof(FileNotFoundException), "Could not find file '/p'.", unchecked((int)0x80070002))]
    [TestCase(Errno.NoEnt, true, typeof(DirectoryNotFoundException), "Could not find a part of the path '/p'.", unchecked((int)0x80070003))]
    [TestCase(Errno.NotDir, false, typeof(DirectoryNotFoundException), "Could not find a part of the path '/p'.", unchecked((int)0x80070003))]
    [TestCase(Errno.Access, false, typeof(UnauthorizedAccessException), "Access to the path '/p' is denied.", unchecked((int)0x80070005))]
    [TestCase(Errno.Perm, false, typeof(UnauthorizedAccessException), "Access to the path '/p' is denied.", unchecked((int)0x80070005))]
    [TestCase(Errno.NameTooLong, false, typeof(PathTooLongException), "The path '/p' is too long, or a component of the specified path is too long.", unchecked((int)0x800700CE))]
    [TestCase(Errno.Exist, false, typeof(IOException), "The file '/p' already exists.", 17)]
    [TestCase(Errno.RoFs, false, typeof(IOException), "Read-only file system : '/p'", 30)]
    [TestCase(Errno.NoSpc, false, typeof(IOException), "No space left on device : '/p'", 28)]
    [TestCase(Errno.NotEmpty, true, typeof(IOException), "Directory not empty : '/p'", 39)]
    [TestCase(Errno.XDev, false, typeof(IOException), "Invalid cross-device link : '/p'", 18)]
    [TestCase(Errno.Loop, false, typeof(IOException), "Too many levels of symbolic links : '/p'", 40)]
    [TestCase(Errno.Busy, false, typeof(IOException), "Device or resource busy : '/p'", 16)]
    [TestCase(Errno.IsDir, false, typeof(IOException), "Is a directory : '/p'", 21)]
    [TestCase(Errno.Inval, false, typeof(IOException), "Invalid argument : '/p'", 22)]
    [TestCase(Errno.NoSys, false, typeof(IOException), "Function not implemented : '/p'", 38)]
    [TestCase(Errno.IO, false, typeof(IOException), "Input/output error : '/p'", 5)]
    [TestCase(Errno.DQuot, false, typeof(IOException), "Disk quota exceeded : '/p'", 122)]
    public void AFailureIsTheExceptionThatDotNetThrows(Errno errno, bool isDirectory, Type type, string message, int code)
    {
        Exception exception = TreeErrors.Of(errno, "/p", isDirectory);
        Assert.That(exception, Is.TypeOf(type));
        Assert.That((exception.Message, exception.HResult), Is.EqualTo((message, code)));
    }

    [Test]
    public void ATooLargeFileIsAnArgument() =>
        Assert.That(TreeErrors.Of(Errno.FBig, "/p"), Is.TypeOf<ArgumentOutOfRangeException>());

    [TestCaseSource(nameof(Failures))]
    public void EveryFailureHasAnExceptionWithAndWithoutAPath(Errno errno)
    {
        Assert.That(TreeErrors.Of(errno, "/p").Message, Is.Not.Empty.And.Not.Contains("Unknown"));
        Assert.That(TreeErrors.Of(errno).Message, Is.Not.Empty.And.Not.Contains("'"));
    }

    private static IEnumerable<Errno> Failures() =>
        Enum.GetValues<Errno>().Where(errno => errno is not Errno.FBig && errno is > Errno.Success and <= Errno.Loop or Errno.NotSup or Errno.Overflow or Errno.IlSeq or Errno.Stale or Errno.DQuot);
}
