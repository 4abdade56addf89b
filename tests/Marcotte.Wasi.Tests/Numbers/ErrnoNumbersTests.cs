using Marcotte.Core;

namespace Marcotte.Wasi.Tests;

/// <summary>Preview 1's errnos, against the document's table of them.</summary>
[TestFixture]
public sealed class ErrnoNumbersTests
{
    /// <summary>In order of their numbers.</summary>
    private static readonly string[] Names =
    [
        "SUCCESS", "2BIG", "ACCES", "ADDRINUSE", "ADDRNOTAVAIL", "AFNOSUPPORT", "AGAIN", "ALREADY", "BADF", "BADMSG", "BUSY",
        "CANCELED", "CHILD", "CONNABORTED", "CONNREFUSED", "CONNRESET", "DEADLK", "DESTADDRREQ", "DOM", "DQUOT", "EXIST", "FAULT",
        "FBIG", "HOSTUNREACH", "IDRM", "ILSEQ", "INPROGRESS", "INTR", "INVAL", "IO", "ISCONN", "ISDIR", "LOOP",
        "MFILE", "MLINK", "MSGSIZE", "MULTIHOP", "NAMETOOLONG", "NETDOWN", "NETRESET", "NETUNREACH", "NFILE", "NOBUFS", "NODEV",
        "NOENT", "NOEXEC", "NOLCK", "NOLINK", "NOMEM", "NOMSG", "NOPROTOOPT", "NOSPC", "NOSYS", "NOTCONN", "NOTDIR",
        "NOTEMPTY", "NOTRECOVERABLE", "NOTSOCK", "NOTSUP", "NOTTY", "NXIO", "OVERFLOW", "OWNERDEAD", "PERM", "PIPE", "PROTO",
        "PROTONOSUPPORT", "PROTOTYPE", "RANGE", "ROFS", "SPIPE", "SRCH", "STALE", "TIMEDOUT", "TXTBSY", "XDEV", "NOTCAPABLE",
    ];

    [Test]
    public void Each_errno_has_the_number_of_its_name()
    {
        foreach (Errno errno in Enum.GetValues<Errno>())
        {
            Assert.That(WasiErrno.Encode(errno), Is.EqualTo(Array.IndexOf(Names, NameOf(errno))), errno.ToString());
        }
    }

    [Test]
    public void Each_of_the_77_numbers_can_be_answered()
    {
        Assert.That(Names, Has.Length.EqualTo(77));
        Assert.That(Enum.GetValues<Errno>().Select(WasiErrno.Encode), Is.EquivalentTo(Enumerable.Range(0, 77)));
    }

    [Test]
    public void What_is_no_errno_is_EIO()
    {
        for (int value = 0; value <= byte.MaxValue; value++)
        {
            if (!Enum.IsDefined((Errno)value))
            {
                Assert.That(WasiErrno.Encode((Errno)value), Is.EqualTo(29), $"{value}");
            }
        }
    }

    private static string NameOf(Errno errno) => errno switch
    {
        Errno.Success => "SUCCESS",
        Errno.NotSup => "NOTSUP",
        _ => errno.ToName()[1..],
    };
}
