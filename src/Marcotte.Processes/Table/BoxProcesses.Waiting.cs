using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes.Table;

/// <content>How parents wait for children, and what both used.</content>
internal sealed partial class BoxProcesses
{
    private const WaitOptions Wanted = WaitOptions.Ended | WaitOptions.Stopped | WaitOptions.Continued;

    public override Errno Wait(GuestThread thread, WaitRequest request, out WaitReport report)
    {
        report = default;
        if ((request.Options & Wanted) == 0 || request.Scope > WaitScope.Group || request.Id < 0)
        {
            return Errno.Inval;
        }

        if (Member.Of(thread.Process) is not { } parent)
        {
            return Errno.Child;
        }

        Search search = new(tree, parent, request);
        if (search.Look() || (request.Options & WaitOptions.NoWait) != 0)
        {
            report = search.Report;
            return search.HasNone ? Errno.Child : Errno.Success;
        }

        Errno errno = thread.Waiter.WaitUntil(parent.ChildQueue, search, static search => search.Look(), Deadline.Never);
        report = search.Report;
        return errno != Errno.Success ? errno : search.HasNone ? Errno.Child : Errno.Success;
    }

    public override Errno Usage(GuestThread thread, UsageScope scope, out ResourceUsage usage)
    {
        usage = default;
        if (Member.Of(thread.Process) is not { } member)
        {
            return Errno.NoSys;
        }

        lock (tree.Gate)
        {
            switch (scope)
            {
                case UsageScope.Self:
                    usage = UsedLocked(member) with { PeakBytes = thread.Usage().PeakBytes };
                    return Errno.Success;
                case UsageScope.Children:
                    usage = member.ChildrenUsed;
                    return Errno.Success;
                case UsageScope.Thread:
                    usage = thread.Usage();
                    return Errno.Success;
                default:
                    return Errno.Inval;
            }
        }
    }

    /// <summary>One wait: looks, and looks again when something has changed.</summary>
    private sealed class Search(ProcessTree tree, Member parent, WaitRequest request)
    {
        private bool _found;

        internal WaitReport Report { get; private set; }

        /// <summary>Whether there is nobody to wait for.</summary>
        internal bool HasNone { get; private set; }

        /// <summary>Whether the wait is over.</summary>
        internal bool Look()
        {
            if (_found)
            {
                return true;
            }

            lock (tree.Gate)
            {
                for (LinkedListNode<Member>? node = parent.Reporting.First; node is not null && !_found; node = node.Next)
                {
                    _found = Matches(node.Value) && TakeLocked(node.Value);
                }

                HasNone = !_found && !HasCandidateLocked();
                return _found || HasNone;
            }
        }

        private bool HasCandidateLocked()
        {
            if (request.Scope == WaitScope.All)
            {
                return parent.Children.Count > 0;
            }

            if (request.Scope == WaitScope.Process)
            {
                return tree.Members.TryGetValue(request.Id, out Member? child) && ReferenceEquals(child.Parent, parent);
            }

            foreach (Member child in parent.Children)
            {
                if (Matches(child))
                {
                    return true;
                }
            }

            return false;
        }

        private bool Matches(Member child) => request.Scope switch
        {
            WaitScope.Process => child.Id == request.Id,
            WaitScope.Group => child.Group.Id == (request.Id == 0 ? parent.Group.Id : request.Id),
            _ => true,
        };

        private bool TakeLocked(Member child)
        {
            bool keeps = (request.Options & WaitOptions.Keep) != 0;
            if (child.Ended is { } ended)
            {
                if ((request.Options & WaitOptions.Ended) == 0)
                {
                    return false;
                }

                Tell(child, ended, child.Used + child.ChildrenUsed);
                if (!keeps)
                {
                    parent.ChildrenUsed += Report.Usage;
                    tree.ForgetLocked(child);
                }

                return true;
            }

            if (child.Changed is not { } changed
                || (request.Options & (changed.State == ChildState.Stopped ? WaitOptions.Stopped : WaitOptions.Continued)) == 0)
            {
                return false;
            }

            Tell(child, changed, child.ChildrenUsed + child.Process.Usage());
            if (!keeps)
            {
                child.Changed = null;
                parent.Reporting.Remove(child.AmongReporting!);
                child.AmongReporting = null;
            }

            return true;
        }

        private void Tell(Member child, WaitStatus status, ResourceUsage usage) =>
            Report = new WaitReport(child.Id, status, child.Process.Credentials.RealUserId, usage);
    }
}
