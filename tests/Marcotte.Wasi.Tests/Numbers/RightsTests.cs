using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>Which rights mean something for which file, against the document's chapter 4.</summary>
[TestFixture]
public sealed class RightsTests
{
    private const Rights PreopenAtLeast =
        Rights.PathCreateDirectory | Rights.PathCreateFile | Rights.PathLinkSource | Rights.PathLinkTarget | Rights.PathOpen
        | Rights.FdReadDir | Rights.PathReadLink | Rights.PathRenameSource | Rights.PathRenameTarget | Rights.PathSymlink
        | Rights.PathRemoveDirectory | Rights.PathUnlinkFile | Rights.PathFileStatGet | Rights.PathFileStatSetTimes
        | Rights.FdFileStatGet | Rights.FdFileStatSetTimes;

    private const Rights InheritingAtLeast =
        PreopenAtLeast | Rights.FdDataSync | Rights.FdRead | Rights.FdSeek | Rights.FdFdStatSetFlags | Rights.FdSync | Rights.FdTell
        | Rights.FdWrite | Rights.FdAdvise | Rights.FdAllocate | Rights.FdFileStatSetSize | Rights.PollFdReadWrite;

    [Test]
    public void A_directory_has_what_the_test_suite_requires()
    {
        Assert.That(WasiRights.Directory & PreopenAtLeast, Is.EqualTo(PreopenAtLeast));
        Assert.That(WasiRights.Inheriting & InheritingAtLeast, Is.EqualTo(InheritingAtLeast));
    }

    [Test]
    public void A_directory_cannot_be_moved_in_or_cut() =>
        Assert.That(WasiRights.Directory & (Rights.FdSeek | Rights.FdTell | Rights.FdFileStatSetSize | Rights.FdRead | Rights.FdWrite), Is.EqualTo(Rights.None));

    [TestCase(AccessModes.ReadWrite, Rights.None)]
    [TestCase(AccessModes.Read, Rights.FdWrite | Rights.FdAllocate | Rights.FdFileStatSetSize)]
    [TestCase(AccessModes.Write, Rights.FdRead)]
    [TestCase(AccessModes.None, Rights.FdRead | Rights.FdWrite | Rights.FdAllocate | Rights.FdFileStatSetSize)]
    public void A_file_loses_what_its_mode_forbids(AccessModes access, Rights lost)
    {
        OpenFile file = new(new FakeFile(), access);
        Assert.That(WasiRights.Possible(file), Is.EqualTo(WasiRights.File & ~lost));
        Assert.That(WasiRights.PossiblyInheriting(file), Is.EqualTo(Rights.None));
    }

    [Test]
    public void A_stream_has_no_position()
    {
        Rights rights = WasiRights.Possible(new OpenFile(new FakeStream(), AccessModes.ReadWrite));
        Assert.That(rights & (Rights.FdSeek | Rights.FdTell | Rights.FdAdvise | Rights.FdAllocate | Rights.FdFileStatSetSize), Is.EqualTo(Rights.None));
        Assert.That(rights & (Rights.FdRead | Rights.FdWrite | Rights.PollFdReadWrite), Is.EqualTo(Rights.FdRead | Rights.FdWrite | Rights.PollFdReadWrite));
    }

    /// <summary>A libc's isatty: a character device with neither FD_SEEK nor FD_TELL.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void Only_a_terminal_looks_like_one(bool terminal)
    {
        OpenFile file = new(new FakeStream { Kind = FileType.CharacterDevice, Tty = terminal }, AccessModes.ReadWrite);
        Assert.That((WasiRights.Possible(file) & (Rights.FdSeek | Rights.FdTell)) == Rights.None, Is.EqualTo(terminal));
    }

    [TestCase(FileType.StreamSocket, true)]
    [TestCase(FileType.DatagramSocket, true)]
    [TestCase(FileType.Fifo, false)]
    public void Only_a_socket_has_its_rights(FileType type, bool expected)
    {
        Rights rights = WasiRights.Possible(new OpenFile(new FakeStream { Kind = type }, AccessModes.ReadWrite));
        Assert.That(rights & (Rights.SockAccept | Rights.SockShutdown), Is.EqualTo(expected ? Rights.SockAccept | Rights.SockShutdown : Rights.None));
    }
}
