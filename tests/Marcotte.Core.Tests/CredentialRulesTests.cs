namespace Marcotte.Core.Tests;

[TestFixture]
public sealed class CredentialRulesTests
{
    private const uint Keep = CredentialRules.Unchanged;

    private static readonly Credentials Root = Credentials.Root;

    /// <summary>As after a set-user-id program of user 7 was run by user 5.</summary>
    private static readonly Credentials Lent = new(7, 70) { RealUserId = 5, SavedUserId = 7, RealGroupId = 50, SavedGroupId = 70 };

    private static (uint, uint, uint) Users(Credentials of) => (of.RealUserId, of.UserId, of.SavedUserId);

    private static (uint, uint, uint) Groups(Credentials of) => (of.RealGroupId, of.GroupId, of.SavedGroupId);

    [Test]
    public void Who_says_nothing_more_is_one_user_in_all_respects()
    {
        Assert.That(Users(new Credentials(3, 4)), Is.EqualTo((3u, 3u, 3u)));
        Assert.That(Groups(new Credentials(3, 4)), Is.EqualTo((4u, 4u, 4u)));
    }

    [Test]
    public void Setuid_is_for_good_for_user_0_and_back_and_forth_for_others()
    {
        Assert.That(CredentialRules.SetUser(Root, 5, out Credentials to), Is.EqualTo(Errno.Success));
        Assert.That(Users(to), Is.EqualTo((5u, 5u, 5u)));
        Assert.That(CredentialRules.SetUser(to, 0, out _), Is.EqualTo(Errno.Perm));
        Assert.That(CredentialRules.SetUser(Lent, 5, out to), Is.EqualTo(Errno.Success));
        Assert.That(Users(to), Is.EqualTo((5u, 5u, 7u)));
        Assert.That(CredentialRules.SetUser(to, 7, out to), Is.EqualTo(Errno.Success));
        Assert.That(CredentialRules.SetUser(to, 8, out Credentials same), Is.EqualTo(Errno.Perm));
        Assert.That(same, Is.SameAs(to));
        Assert.That(CredentialRules.SetUser(Root, Keep, out _), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void Setreuid_saves_what_it_would_lose()
    {
        Assert.That(CredentialRules.SetUsers(Lent, 7, 5, out Credentials to), Is.EqualTo(Errno.Success));
        Assert.That(Users(to), Is.EqualTo((7u, 5u, 5u)));
        Assert.That(CredentialRules.SetUsers(Lent, Keep, 5, out to), Is.EqualTo(Errno.Success));
        Assert.That(Users(to), Is.EqualTo((5u, 5u, 7u)));
        Assert.That(CredentialRules.SetUsers(to, 7, Keep, out _), Is.EqualTo(Errno.Perm), "the real one cannot be the saved one");
        Assert.That(CredentialRules.SetUsers(Root, 1, 2, out to), Is.EqualTo(Errno.Success));
        Assert.That(Users(to), Is.EqualTo((1u, 2u, 2u)));
    }

    [Test]
    public void Setresuid_mixes_the_three()
    {
        Assert.That(CredentialRules.SetUsers(Lent, 7, 5, 5, out Credentials to), Is.EqualTo(Errno.Success));
        Assert.That(Users(to), Is.EqualTo((7u, 5u, 5u)));
        Assert.That(CredentialRules.SetUsers(Lent, Keep, 8, Keep, out _), Is.EqualTo(Errno.Perm));
        Assert.That(CredentialRules.SetUsers(Root, Keep, 8, Keep, out to), Is.EqualTo(Errno.Success));
        Assert.That(Users(to), Is.EqualTo((0u, 8u, 0u)));
        Assert.That(CredentialRules.SetUsers(to, Keep, 0, Keep, out _), Is.EqualTo(Errno.Success), "the way back of seteuid");
    }

    [Test]
    public void Groups_change_in_the_same_way_by_the_users_right()
    {
        Assert.That(CredentialRules.SetGroup(Root, 9, out Credentials to), Is.EqualTo(Errno.Success));
        Assert.That(Groups(to), Is.EqualTo((9u, 9u, 9u)));
        Assert.That(CredentialRules.SetGroup(Lent, 50, out to), Is.EqualTo(Errno.Success));
        Assert.That(Groups(to), Is.EqualTo((50u, 50u, 70u)));
        Assert.That(CredentialRules.SetGroup(Lent, 9, out _), Is.EqualTo(Errno.Perm));
        Assert.That(CredentialRules.SetGroup(Lent, Keep, out _), Is.EqualTo(Errno.Inval));
        Assert.That(CredentialRules.SetGroups(Lent, 70, 50, out to), Is.EqualTo(Errno.Success));
        Assert.That(Groups(to), Is.EqualTo((70u, 50u, 50u)));
        Assert.That(CredentialRules.SetGroups(Lent, 9, Keep, out _), Is.EqualTo(Errno.Perm));
        Assert.That(CredentialRules.SetGroups(Lent, 50, 50, 50, out to), Is.EqualTo(Errno.Success));
        Assert.That(CredentialRules.SetGroups(Lent, 50, 50, 9, out _), Is.EqualTo(Errno.Perm));
    }

    [Test]
    public void Further_groups_are_user_0s_to_give()
    {
        Assert.That(CredentialRules.SetFurtherGroups(Root, [1, 2], out Credentials to), Is.EqualTo(Errno.Success));
        Assert.That(to.IsIn(2), Is.True);
        Assert.That(CredentialRules.SetFurtherGroups(Lent, [1], out _), Is.EqualTo(Errno.Perm));
        Assert.That(CredentialRules.SetFurtherGroups(Root, new uint[CredentialRules.MaxGroups + 1], out _), Is.EqualTo(Errno.Inval));
    }

    [Test]
    public void A_file_lends_its_owner_to_who_runs_it()
    {
        Credentials user = new(5, 50);
        FileStat stat = new() { Mode = 0xC49, UserId = 0, GroupId = 3 };
        Credentials after = CredentialRules.AfterExec(user, stat, honour: true);
        Assert.That(Users(after), Is.EqualTo((5u, 0u, 0u)));
        Assert.That(Groups(after), Is.EqualTo((50u, 3u, 3u)));
        Assert.That(CredentialRules.AfterExec(user, stat, honour: false), Is.EqualTo(user));
        Assert.That(Groups(CredentialRules.AfterExec(user, stat with { Mode = 0x441 }, honour: true)), Is.EqualTo((50u, 50u, 50u)), "no x bit for the group");
        Assert.That(Users(CredentialRules.AfterExec(Lent with { SavedUserId = 5 }, default, honour: true)), Is.EqualTo((5u, 7u, 7u)), "what it is stays saved");
    }

    [TestCase(0u, 9u, ExpectedResult = true)]
    [TestCase(5u, 5u, ExpectedResult = true)]
    [TestCase(5u, 6u, ExpectedResult = false)]
    public bool A_signal_is_for_ones_own(uint sender, uint receiver) => CredentialRules.MaySignal(new Credentials(sender, 1), new Credentials(receiver, 1));

    [Test]
    public void A_signal_reaches_who_was_started_by_the_sender()
    {
        Assert.That(CredentialRules.MaySignal(new Credentials(5, 1), Lent), Is.True);
        Assert.That(CredentialRules.MaySignal(new Credentials(8, 1) { RealUserId = 7 }, Lent), Is.True);
    }
}
