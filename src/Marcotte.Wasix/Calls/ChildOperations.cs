using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>0x0201 to 0x0206: children, and what processes use and may use.</summary>
internal static class ChildOperations
{
    private const int UsageBytes = 72;
    private const uint NoHang = 1;
    private const uint Stopped = 2;
    private const uint Exited = 4;
    private const uint Continued = 8;
    private const uint Keep = 0x0100_0000;

    /// <summary>From 1 on.</summary>
    internal static readonly Operation?[] All = [Wait, Usage, Times, Limit, GetPriority, SetPriority];

    private static Errno Wait(ref Call call)
    {
        uint scope = call.Request.UInt();
        int id = call.Request.Int();
        uint options = call.Request.UInt();
        if (!call.Request.IsComplete || scope > 2
            || (options & ~(NoHang | Stopped | Exited | Continued | Keep)) != 0
            || (options & (Stopped | Exited | Continued)) == 0)
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(12 + UsageBytes))
        {
            return Errno.Range;
        }

        if (scope == 2 && id == 0)
        {
            Errno found = call.Kernel.Processes.Group(call.Process.Id, out id);
            if (found != Errno.Success)
            {
                return found;
            }
        }

        WaitOptions wanted = ((options & NoHang) != 0 ? WaitOptions.NoWait : WaitOptions.None)
            | ((options & Stopped) != 0 ? WaitOptions.Stopped : WaitOptions.None)
            | ((options & Exited) != 0 ? WaitOptions.Ended : WaitOptions.None)
            | ((options & Continued) != 0 ? WaitOptions.Continued : WaitOptions.None)
            | ((options & Keep) != 0 ? WaitOptions.Keep : WaitOptions.None);
        WaitReport report;
        do
        {
            Errno errno = call.Kernel.Processes.Wait(call.Thread, new WaitRequest((WaitScope)scope, id, wanted), out report);
            if (errno != Errno.Success)
            {
                return errno;
            }
        }
        while (report.ProcessId == 0 && (options & NoHang) == 0);

        // The child's SIGCHLD has come with it.
        call.Thread.SeeToSignals();

        call.Reply.Int(report.ProcessId);
        call.Reply.Int(report.ProcessId == 0 ? 0 : report.Status.Word);
        call.Reply.UInt(report.UserId);
        Describe(ref call.Reply, report.Usage);
        return Errno.Success;
    }

    private static Errno Usage(ref Call call)
    {
        int who = call.Request.Int();
        if (!call.Request.IsComplete || who is < -1 or > 1)
        {
            return Errno.Inval;
        }

        UsageScope scope = who switch
        {
            0 => UsageScope.Self,
            1 => UsageScope.Thread,
            _ => UsageScope.Children,
        };
        Errno errno = Use(ref call, scope, out ResourceUsage usage);
        Describe(ref call.Reply, usage);
        return errno;
    }

    private static Errno Times(ref Call call)
    {
        if (!call.Request.IsComplete)
        {
            return Errno.Inval;
        }

        Use(ref call, UsageScope.Self, out ResourceUsage own);
        Use(ref call, UsageScope.Children, out ResourceUsage children);
        call.Reply.Long(own.CpuNanoseconds / 1000);
        call.Reply.Long(0);
        call.Reply.Long(children.CpuNanoseconds / 1000);
        call.Reply.Long(0);
        call.Reply.Long(MachineOperations.Uptime(call.Kernel) / 1000);
        return Errno.Success;
    }

    private static Errno Limit(ref Call call)
    {
        int id = call.Request.Int();
        uint resource = call.Request.UInt();
        uint set = call.Request.UInt();
        ResourceLimit wanted = new(call.Request.ULong(), call.Request.ULong());
        if (!call.Request.IsComplete || resource > (uint)Resource.RealtimeCpu || set > 1)
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(16))
        {
            return Errno.Range;
        }

        ProcessTable processes = call.Kernel.Processes;
        Errno errno = processes.GetLimit(call.Process, id, (Resource)resource, out ResourceLimit present);
        if (errno == Errno.Success && set != 0)
        {
            errno = processes.SetLimit(call.Process, id, (Resource)resource, wanted);
        }

        call.Reply.ULong(present.Current);
        call.Reply.ULong(present.Maximum);
        return errno;
    }

    private static Errno GetPriority(ref Call call)
    {
        uint which = call.Request.UInt();
        int who = call.Request.Int();
        int nice = 0;
        Errno errno = call.Request.IsComplete && which <= 2
            ? call.Kernel.Processes.GetPriority(call.Process, (PriorityScope)which, who, out nice)
            : Errno.Inval;
        call.Reply.Int(nice);
        return errno;
    }

    private static Errno SetPriority(ref Call call)
    {
        uint which = call.Request.UInt();
        int who = call.Request.Int();
        int nice = call.Request.Int();
        return call.Request.IsComplete && which <= 2
            ? call.Kernel.Processes.SetPriority(call.Process, (PriorityScope)which, who, Math.Clamp(nice, -20, 19))
            : Errno.Inval;
    }

    /// <summary>What was used; a box without a process layer knows what its one process did.</summary>
    private static Errno Use(ref Call call, UsageScope scope, out ResourceUsage usage)
    {
        Errno errno = call.Kernel.Processes.Usage(call.Thread, scope, out usage);
        if (errno != Errno.NoSys)
        {
            return errno;
        }

        usage = scope switch
        {
            UsageScope.Self => call.Process.Usage(),
            UsageScope.Thread => call.Thread.Usage(),
            _ => default,
        };
        return Errno.Success;
    }

    /// <summary>A guest's CPU time is not divided: all of it is the user's.</summary>
    private static void Describe(ref CallReply reply, in ResourceUsage usage)
    {
        reply.Long(usage.CpuNanoseconds / 1000);
        reply.Long(0);
        reply.Long(usage.PeakBytes / 1024);
        reply.Take(4 * sizeof(long)).Clear();
        reply.Long(usage.Waits);
        reply.Long(0);
    }
}
