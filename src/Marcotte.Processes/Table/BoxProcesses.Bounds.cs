using Marcotte.Core;

namespace Marcotte.Processes.Table;

/// <content>What processes are limited to, and how nice they are.</content>
internal sealed partial class BoxProcesses
{
    private const int Nicest = 19;
    private const int LeastNice = -20;

    public override Errno GetLimit(Process caller, int id, Resource resource, out ResourceLimit limit)
    {
        limit = default;
        if (resource > Resource.RealtimeCpu)
        {
            return Errno.Inval;
        }

        lock (tree.Gate)
        {
            Errno errno = FindBoundLocked(caller, id, out Member? member);
            if (errno == Errno.Success)
            {
                limit = tree.BoundLocked(member!, resource);
            }

            return errno;
        }
    }

    public override Errno SetLimit(Process caller, int id, Resource resource, ResourceLimit limit)
    {
        if (resource > Resource.RealtimeCpu || limit.Current > limit.Maximum)
        {
            return Errno.Inval;
        }

        lock (tree.Gate)
        {
            Errno errno = FindBoundLocked(caller, id, out Member? member);
            if (errno != Errno.Success)
            {
                return errno;
            }

            // Nobody in the box raises what its host allows.
            bool raises = limit.Maximum > tree.BoundLocked(member!, resource).Maximum;
            if (raises && (!caller.Credentials.IsSuperuser || (resource == Resource.Descriptors && limit.Maximum > (ulong)Limits.Descriptors)))
            {
                return Errno.Perm;
            }

            // Families share what none of them has changed.
            ResourceLimit[] bounds = [.. member!.Bounds ?? tree.DefaultBounds()];
            bounds[(int)resource] = limit;
            member.Bounds = bounds;
            if (resource == Resource.Descriptors)
            {
                member.Process.Descriptors.Limit = (int)Math.Min((ulong)Limits.Descriptors, limit.Current);
            }
            else if (resource == Resource.FileSize)
            {
                member.Process.FileSizeLimit = (long)Math.Min(long.MaxValue, limit.Current);
            }
            else if (resource == Resource.Cpu)
            {
                tree.Signals.TimersLocked(member).LimitLocked(limit);
            }

            return Errno.Success;
        }
    }

    public override Errno GetPriority(Process caller, PriorityScope scope, int id, out int value)
    {
        value = Nicest;
        if (scope > PriorityScope.User)
        {
            return Errno.Inval;
        }

        lock (tree.Gate)
        {
            Errno errno = Errno.Srch;
            foreach (Member member in MeantLocked(caller, scope, id))
            {
                value = Math.Min(value, member.Niceness);
                errno = Errno.Success;
            }

            return errno;
        }
    }

    public override Errno SetPriority(Process caller, PriorityScope scope, int id, int value)
    {
        if (scope > PriorityScope.User)
        {
            return Errno.Inval;
        }

        value = Math.Clamp(value, LeastNice, Nicest);
        lock (tree.Gate)
        {
            Errno errno = Errno.Srch;
            foreach (Member member in MeantLocked(caller, scope, id))
            {
                Credentials asks = caller.Credentials;
                Credentials owns = member.Process.Credentials;
                if (!asks.IsSuperuser && asks.UserId != owns.UserId && asks.UserId != owns.RealUserId)
                {
                    errno = Errno.Perm;
                }
                else if (!asks.IsSuperuser && value < member.Niceness)
                {
                    errno = Errno.Access;
                }
                else
                {
                    member.Niceness = value;
                    errno = errno == Errno.Srch ? Errno.Success : errno;
                }
            }

            return errno;
        }
    }

    /// <summary>A child is watched for the CPU time that its family may use.</summary>
    private void ApplyCpuBoundLocked(Member member)
    {
        if (member.Bounds is { } bounds && bounds[(int)Resource.Cpu].Current != ulong.MaxValue)
        {
            tree.Signals.TimersLocked(member).LimitLocked(bounds[(int)Resource.Cpu]);
        }
    }

    private Errno FindBoundLocked(Process caller, int id, out Member? member)
    {
        member = id == 0 ? Member.Of(caller) : tree.Members.GetValueOrDefault(id);
        if (member is not { IsAlive: true })
        {
            return Errno.Srch;
        }

        Credentials asks = caller.Credentials;
        Credentials owns = member.Process.Credentials;
        bool same = asks.RealUserId == owns.UserId && asks.RealUserId == owns.RealUserId && asks.RealUserId == owns.SavedUserId
            && asks.RealGroupId == owns.GroupId && asks.RealGroupId == owns.RealGroupId && asks.RealGroupId == owns.SavedGroupId;
        return ReferenceEquals(member.Process, caller) || asks.IsSuperuser || same ? Errno.Success : Errno.Perm;
    }

    private IEnumerable<Member> MeantLocked(Process caller, PriorityScope scope, int id)
    {
        Member? self = Member.Of(caller);
        uint user = id == 0 ? caller.Credentials.RealUserId : (uint)id;
        return scope switch
        {
            PriorityScope.Process => (id == 0 ? self : tree.Members.GetValueOrDefault(id)) is { IsAlive: true } one ? [one] : [],
            PriorityScope.Group => (id == 0 ? self?.Group : tree.Groups.GetValueOrDefault(id))?.Members.Where(member => member.IsAlive) ?? [],
            _ => tree.Members.Values.Where(member => member.IsAlive && member.Process.Credentials.RealUserId == user),
        };
    }
}
