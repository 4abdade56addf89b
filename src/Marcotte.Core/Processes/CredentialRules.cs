namespace Marcotte.Core;

/// <summary>
/// Whom a process may become (setuid and its like), by POSIX with Linux's saved ids. User 0 may become anybody. Each method makes the
/// credentials to be; the caller puts them into the process.
/// </summary>
public static class CredentialRules
{
    /// <summary>Leaves an id as it is, where several are named.</summary>
    public const uint Unchanged = uint.MaxValue;

    /// <summary>Further groups that a process can have (NGROUPS_MAX).</summary>
    public const int MaxGroups = 65_536;

    /// <summary>Changes the user (setuid): user 0 all three, others the effective one to the real or saved one.</summary>
    /// <param name="present">Who it is.</param>
    /// <param name="user">The user.</param>
    /// <param name="to">Who it is to be.</param>
    /// <returns><see cref="Errno.Perm"/>, <see cref="Errno.Inval"/> for no user.</returns>
    public static Errno SetUser(Credentials present, uint user, out Credentials to)
    {
        bool any = present.IsSuperuser;
        to = any ? present with { UserId = user, RealUserId = user, SavedUserId = user } : present with { UserId = user };
        return Allow(present, user != Unchanged, any || user == present.RealUserId || user == present.SavedUserId, ref to);
    }

    /// <summary>Changes real and effective user (setreuid).</summary>
    /// <param name="present">Who it is.</param>
    /// <param name="real">The real user, or <see cref="Unchanged"/>.</param>
    /// <param name="effective">The effective user, or <see cref="Unchanged"/>.</param>
    /// <param name="to">Who it is to be.</param>
    /// <returns><see cref="Errno.Perm"/>.</returns>
    public static Errno SetUsers(Credentials present, uint real, uint effective, out Credentials to)
    {
        bool mayReal = real == Unchanged || real == present.RealUserId || real == present.UserId;
        bool mayEffective = effective == Unchanged || effective == present.RealUserId || effective == present.UserId || effective == present.SavedUserId;
        to = present with { RealUserId = Or(real, present.RealUserId), UserId = Or(effective, present.UserId) };

        // Linux saves the new effective id whenever the old real one would no longer lead back to it.
        if (real != Unchanged || (effective != Unchanged && effective != present.RealUserId))
        {
            to = to with { SavedUserId = to.UserId };
        }

        return Allow(present, valid: true, present.IsSuperuser || (mayReal && mayEffective), ref to);
    }

    /// <summary>Changes real, effective and saved user (setresuid; seteuid names the effective one alone).</summary>
    /// <param name="present">Who it is.</param>
    /// <param name="real">The real user, or <see cref="Unchanged"/>.</param>
    /// <param name="effective">The effective user, or <see cref="Unchanged"/>.</param>
    /// <param name="saved">The saved user, or <see cref="Unchanged"/>.</param>
    /// <param name="to">Who it is to be.</param>
    /// <returns><see cref="Errno.Perm"/>.</returns>
    public static Errno SetUsers(Credentials present, uint real, uint effective, uint saved, out Credentials to)
    {
        to = present with { RealUserId = Or(real, present.RealUserId), UserId = Or(effective, present.UserId), SavedUserId = Or(saved, present.SavedUserId) };
        bool Has(uint user) => user == Unchanged || user == present.RealUserId || user == present.UserId || user == present.SavedUserId;
        return Allow(present, valid: true, present.IsSuperuser || (Has(real) && Has(effective) && Has(saved)), ref to);
    }

    /// <summary>Changes the group (setgid): user 0 all three, others the effective one to the real or saved one.</summary>
    /// <param name="present">Who it is.</param>
    /// <param name="group">The group.</param>
    /// <param name="to">Who it is to be.</param>
    /// <returns><see cref="Errno.Perm"/>, <see cref="Errno.Inval"/> for no group.</returns>
    public static Errno SetGroup(Credentials present, uint group, out Credentials to)
    {
        bool any = present.IsSuperuser;
        to = any ? present with { GroupId = group, RealGroupId = group, SavedGroupId = group } : present with { GroupId = group };
        return Allow(present, group != Unchanged, any || group == present.RealGroupId || group == present.SavedGroupId, ref to);
    }

    /// <summary>Changes real and effective group (setregid).</summary>
    /// <param name="present">Who it is.</param>
    /// <param name="real">The real group, or <see cref="Unchanged"/>.</param>
    /// <param name="effective">The effective group, or <see cref="Unchanged"/>.</param>
    /// <param name="to">Who it is to be.</param>
    /// <returns><see cref="Errno.Perm"/>.</returns>
    public static Errno SetGroups(Credentials present, uint real, uint effective, out Credentials to)
    {
        bool mayReal = real == Unchanged || real == present.RealGroupId || real == present.GroupId;
        bool mayEffective = effective == Unchanged || effective == present.RealGroupId || effective == present.GroupId || effective == present.SavedGroupId;
        to = present with { RealGroupId = Or(real, present.RealGroupId), GroupId = Or(effective, present.GroupId) };
        if (real != Unchanged || (effective != Unchanged && effective != present.RealGroupId))
        {
            to = to with { SavedGroupId = to.GroupId };
        }

        return Allow(present, valid: true, present.IsSuperuser || (mayReal && mayEffective), ref to);
    }

    /// <summary>Changes real, effective and saved group (setresgid).</summary>
    /// <param name="present">Who it is.</param>
    /// <param name="real">The real group, or <see cref="Unchanged"/>.</param>
    /// <param name="effective">The effective group, or <see cref="Unchanged"/>.</param>
    /// <param name="saved">The saved group, or <see cref="Unchanged"/>.</param>
    /// <param name="to">Who it is to be.</param>
    /// <returns><see cref="Errno.Perm"/>.</returns>
    public static Errno SetGroups(Credentials present, uint real, uint effective, uint saved, out Credentials to)
    {
        to = present with { RealGroupId = Or(real, present.RealGroupId), GroupId = Or(effective, present.GroupId), SavedGroupId = Or(saved, present.SavedGroupId) };
        bool Has(uint group) => group == Unchanged || group == present.RealGroupId || group == present.GroupId || group == present.SavedGroupId;
        return Allow(present, valid: true, present.IsSuperuser || (Has(real) && Has(effective) && Has(saved)), ref to);
    }

    /// <summary>Changes the further groups (setgroups), for user 0 alone.</summary>
    /// <param name="present">Who it is.</param>
    /// <param name="groups">All of them.</param>
    /// <param name="to">Who it is to be.</param>
    /// <returns><see cref="Errno.Perm"/>, <see cref="Errno.Inval"/> for more than <see cref="MaxGroups"/>.</returns>
    public static Errno SetFurtherGroups(Credentials present, ReadOnlySpan<uint> groups, out Credentials to)
    {
        to = present;
        if (!present.IsSuperuser)
        {
            return Errno.Perm;
        }

        if (groups.Length > MaxGroups)
        {
            return Errno.Inval;
        }

        to = present with { Groups = groups.ToArray() };
        return Errno.Success;
    }

    /// <summary>Who a process is once it runs a file (execve): the file's owner where its mode says so, and what it then is stays saved.</summary>
    /// <param name="present">Who it is.</param>
    /// <param name="stat">The file.</param>
    /// <param name="honour">Whether set-id bits count where the file is.</param>
    /// <returns>Who it is to be.</returns>
    public static Credentials AfterExec(Credentials present, in FileStat stat, bool honour)
    {
        const int setUser = 0x800;
        const int setGroup = 0x400;
        const int groupExecute = 0x8;
        uint user = honour && (stat.Mode & setUser) != 0 ? stat.UserId : present.UserId;

        // Without the group's x bit the set-group-id bit once asked for mandatory locks.
        bool changesGroup = honour && (stat.Mode & (setGroup | groupExecute)) == (setGroup | groupExecute);
        uint group = changesGroup ? stat.GroupId : present.GroupId;
        return user == present.UserId && user == present.SavedUserId && group == present.GroupId && group == present.SavedGroupId
            ? present
            : present with { UserId = user, SavedUserId = user, GroupId = group, SavedGroupId = group };
    }

    /// <summary>Whether one process may send another a signal (kill), or change its limits.</summary>
    /// <param name="sender">Who sends.</param>
    /// <param name="receiver">Who is to get it.</param>
    /// <returns>True when it may.</returns>
    public static bool MaySignal(Credentials sender, Credentials receiver) =>
        sender.IsSuperuser
        || sender.UserId == receiver.SavedUserId || sender.UserId == receiver.RealUserId
        || sender.RealUserId == receiver.SavedUserId || sender.RealUserId == receiver.RealUserId;

    /// <summary>Whether a process is one user's and one group's, and keeps no other to become again.</summary>
    /// <param name="credentials">Who it is.</param>
    /// <returns>False while a set-id program runs, and after changes of the effective ids alone.</returns>
    public static bool IsOne(Credentials credentials) =>
        credentials.UserId == credentials.RealUserId && credentials.UserId == credentials.SavedUserId
        && credentials.GroupId == credentials.RealGroupId && credentials.GroupId == credentials.SavedGroupId;

    /// <summary>Whether one process may see what another has open and where it is (PTRACE_MODE_READ_FSCREDS of ptrace(2)).</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="other">Who is looked at.</param>
    /// <returns>True when it may.</returns>
    public static bool MayInspect(Credentials viewer, Credentials other) =>
        viewer.IsSuperuser || (IsOne(other) && viewer.UserId == other.UserId && viewer.GroupId == other.GroupId);

    private static uint Or(uint id, uint otherwise) => id == Unchanged ? otherwise : id;

    private static Errno Allow(Credentials present, bool valid, bool allowed, ref Credentials to)
    {
        if (valid && allowed)
        {
            return Errno.Success;
        }

        to = present;
        return valid ? Errno.Perm : Errno.Inval;
    }
}
