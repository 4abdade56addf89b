using System.Globalization;

namespace Marcotte.Guests.Tests;

/// <summary>That every class of attack is tried, and on every kind of mount that it could succeed on.</summary>
internal sealed class SecurityCasesTests
{
    private static IEnumerable<SecurityCase> Everywhere => SecurityCase.All.Where(static row => row.Scope != SecurityScope.Absent);

    private static IEnumerable<SecurityCase> OnMounts =>
        SecurityCase.All.Where(static row => row.Scope is SecurityScope.EveryMount or SecurityScope.WritableMounts);

    [TestCaseSource(nameof(Everywhere))]
    public void A_class_has_a_test(SecurityCase row) =>
        Assert.That(row.Guests.Select(static guest => guest.Name).Concat(row.Tests), Is.Not.Empty);

    [TestCaseSource(nameof(OnMounts))]
    public void A_class_about_files_is_tried_by_guests_on_every_kind_of_mount(SecurityCase row)
    {
        MountKind[] kinds = row.Scope == SecurityScope.EveryMount
            ? Enum.GetValues<MountKind>()
            : [.. Enum.GetValues<MountKind>().Where(static kind => kind is not (MountKind.Tar or MountKind.Zip))];
        string[] guests = [.. row.Guests.Select(static guest => guest.Name)];
        IEnumerable<MountKind> tried = GuestTests.OnOtherMounts()
            .Where(test => guests.Contains(test.Arguments[0])).Select(static test => (MountKind)test.Arguments[1]!).Distinct();

        Assert.That(kinds.Except(tried), Is.Empty, "no guest tries it there");
        Assert.That(GuestTests.All().Intersect(guests), Is.Not.Empty, "in memory");
        Assert.That(GuestTests.OnHostDirectories().Intersect(guests), Is.Not.Empty, "on directories of the host");
    }

    [Test]
    public void What_is_tried_is_a_class() => Assert.That(
        GuestCases.All.SelectMany(static guest => guest.Classes).Concat(TaggedTests.Named(SecurityCase.Prefix)).Distinct(),
        Is.SubsetOf(SecurityCase.All.Select(static row => row.Class)));

    [Test]
    public void What_is_tried_less_says_why() =>
        Assert.That(SecurityCase.All.Where(static row => row is { Scope: SecurityScope.Absent or SecurityScope.WritableMounts, Note: "" }), Is.Empty);

    [Test]
    public void What_is_absent_has_no_test_that_says_otherwise()
    {
        SecurityCase[] absent = [.. SecurityCase.All.Where(static row => row.Scope == SecurityScope.Absent)];

        Assert.That(absent.Where(static row => row.Tests.Any() || row.Guests.Any()), Is.Empty, "it is there now: give it another scope");
        foreach (SecurityCase row in absent)
        {
            TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"not shown: {row.Class}: {row.Note}"));
        }
    }

    [Test]
    public void An_attack_names_its_class() => Assert.That(
        GuestCases.All.Where(static guest => guest is { IsAttack: true, IsEndless: false, Classes: [] }).Select(static guest => guest.Name), Is.Empty);

    /// <summary>A box to which nothing was granted has nothing: no directory of the host's, not the one that it works in.</summary>
    [Test]
    [Category("security: ambient mounts")]
    public void Nothing_is_there_that_was_not_granted()
    {
        using GuestDialog guest = new(static _ => { }, preopens: ["/"]);

        Assert.That(guest.Ask("list /"), Is.EqualTo("ok 0"));
        foreach (string path in new[] { "/etc/passwd", "/proc/self/environ", Repository.Sources, "README.md", "/../etc/passwd" })
        {
            guest.Fails($"open {path} r", path.Contains("..", StringComparison.Ordinal) ? "EPERM" : "ENOENT");
        }

        guest.Fails("mkdir /made", "EROFS");
    }
}
