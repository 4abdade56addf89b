using System.Globalization;
using Marcotte.Core;

namespace Marcotte.Tests;

internal sealed class JsonAuditTests
{
    private static readonly AuditOrigin Origin = new(new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero), 7, "one", 1, 2);

    private static readonly AuditedCall Call = new(
        new Syscall("acme", "open", [], ResultKind.Errno, SupportLevel.Full, null, null), [3, ulong.MaxValue], ["a\n\"b\""]);

    [Test]
    public void A_denied_call_is_one_line_whatever_the_guest_wrote() => Assert.That(
        Line(new SyscallDenied(Origin, "deny open", Call, Errno.Perm)),
        Is.EqualTo("""{"time":"2024-02-29T12:00:00+00:00","event":"SyscallDenied","denied":true,"rule":"deny open","box":7,"name":"one","process":1,"thread":2,"module":"acme","call":"open","arguments":[3,18446744073709551615],"texts":["a\n\u0022b\u0022"],"errno":"EPERM"}"""));

    [Test]
    public void A_call_that_ended_the_guest_has_no_errno() =>
        Assert.That(Line(new SyscallDenied(Origin, "kill open", Call, null)), Does.EndWith("\"errno\":null}"));

    [Test]
    public void A_descriptor_and_a_path_have_members_of_their_own()
    {
        Assert.That(Line(new DescriptorDenied(Origin, "r", Call, new AuditedDescriptor(3, FileType.Fifo), Errno.Perm)), Does.EndWith("\"descriptor\":3,\"type\":\"Fifo\"}"));
        Assert.That(
            Line(new PathDenied(Origin with { Name = null, Thread = null }, "deny /etc", new AuditedPath("/etc", "../x"), PathVerbs.Read | PathVerbs.Stat, Errno.Access)),
            Does.EndWith("\"box\":7,\"process\":1,\"guard\":\"/etc\",\"asked\":\"../x\",\"verbs\":\"Stat, Read\",\"errno\":\"EACCES\"}"));
    }

    private static string Line(AuditEvent audited)
    {
        StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new JsonAudit(text).Write(audited);
        return text.ToString().TrimEnd('\n');
    }
}
