using Marcotte.Core;
using Marcotte.Core.Waiting;
using Marcotte.Processes.Programs;

namespace Marcotte.Processes.Table;

/// <content>How processes come to run other programs.</content>
internal sealed partial class BoxProcesses
{
    public override Errno Execute(GuestThread thread, ExecRequest request)
    {
        Process process = thread.Process;
        ProgramFinder finder = new(process, thread);
        Errno errno = finder.Find(request, out ProgramImage? image);
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (Member.Of(process) is { } member && ThreadSignals.Of(thread) is { } state)
        {
            lock (tree.Gate)
            {
                // What this thread blocks, and what waits for it, is the new first thread's.
                member.Signals.InitialMask = state.Mask;
                member.Signals.Inherited = new PendingSignals();
                state.Pending.MoveTo(member.Signals.Inherited);
                member.NextCredentials = finder.Credentials;
            }
        }

        throw new ImageReplacedException(image!);
    }

    public override Errno Spawn(GuestThread thread, SpawnRequest request, out int id)
    {
        id = 0;
        Errno errno = Fork(thread, out Process? child);
        if (errno != Errno.Success)
        {
            return errno;
        }

        Execution? execution = null;
        try
        {
            errno = Shape(thread, Member.Of(child!)!, request);
            errno = errno == Errno.Success ? Enter(thread, child!, request, out execution) : errno;
        }
        catch
        {
            Abandon(child!);
            throw;
        }

        if (errno != Errno.Success)
        {
            Abandon(child!);
            return errno;
        }

        int number = child!.Id;
        errno = Start(child, execution!);
        id = errno == Errno.Success ? number : 0;
        return errno;
    }

    /// <summary>Makes a child what it is to be: its group, its signals, its descriptors, in POSIX's order.</summary>
    private Errno Shape(GuestThread thread, Member child, SpawnRequest request)
    {
        lock (tree.Gate)
        {
            Errno errno = request.NewSession ? NewSessionLocked(child) : Errno.Success;
            if (errno == Errno.Success && request.Group is { } group)
            {
                errno = group < 0 ? Errno.Inval : request.NewSession && group is not 0 && group != child.Id ? Errno.Perm
                    : request.NewSession ? Errno.Success : JoinLocked(child, group == 0 ? child.Id : group);
            }

            if (errno != Errno.Success)
            {
                return errno;
            }

            child.Signals.InitialMask = (request.Mask ?? child.Signals.InitialMask) & SignalSet.Blockable;
            Dispose(child, request.Defaults, Disposition.Default);
            Dispose(child, request.Ignored, Disposition.Ignore);
        }

        if (request.ResetIds)
        {
            Credentials present = child.Process.Credentials;
            child.Process.Credentials = present with { UserId = present.RealUserId, GroupId = present.RealGroupId };
        }

        foreach (SpawnAction action in request.Actions)
        {
            Errno errno = Act(thread, child.Process, action);
            if (errno != Errno.Success)
            {
                return errno;
            }
        }

        return Errno.Success;
    }

    private static void Dispose(Member child, SignalSet set, Disposition disposition)
    {
        for (SignalSet rest = set & SignalSet.Blockable; !rest.IsEmpty; rest -= SignalSet.Of(rest.First))
        {
            child.Signals.Set(rest.First, new SignalAction(disposition));
        }
    }

    private Errno Enter(GuestThread thread, Process child, SpawnRequest request, out Execution? execution)
    {
        execution = null;
        ProgramFinder finder = new(child, thread);
        Errno errno = finder.Find(request.Program, out ProgramImage? image);
        if (errno != Errno.Success)
        {
            return errno;
        }

        child.ProgramPath = image!.Path;
        child.Name = image.Name;
        child.Arguments = image.Arguments;
        child.Variables = image.Variables;
        child.Descriptors.CloseForExec();
        lock (tree.Gate)
        {
            Member.Of(child)!.NextCredentials = finder.Credentials;
        }

        Replaced(child);
        return image.Program.Prepare(child, out execution);
    }

    private Errno Act(GuestThread thread, Process child, SpawnAction action)
    {
        DescriptorTable descriptors = child.Descriptors;
        switch (action)
        {
            case CloseAction close:
                descriptors.Close(close.Descriptor);
                return Errno.Success;
            case DuplicateAction duplicate:
                return Duplicate(descriptors, duplicate);
            case OpenAction open:
                return Open(thread, child, open);
            case DirectoryAction directory:
                return tree.Kernel.Files.ChangeDirectory(new PathReference(child, null, directory.Path, PathFlags.Follow));
            case OpenDirectoryAction directory:
                return descriptors.TryGet(directory.Descriptor, out Descriptor? there)
                    ? tree.Kernel.Files.ChangeDirectory(new PathReference(child, there.File, "."u8, PathFlags.Follow))
                    : Errno.BadF;
            default:
                return Errno.Inval;
        }
    }

    private static Errno Duplicate(DescriptorTable descriptors, DuplicateAction action)
    {
        if (!descriptors.TryGet(action.From, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        // Onto itself it is how a descriptor is handed on that exec would close.
        Descriptor copy = descriptor with { CloseOnExec = false };
        if (action.From == action.To)
        {
            return descriptors.Replace(action.To, descriptor, copy);
        }

        descriptor.File.Acquire();
        Errno errno = descriptors.Set(copy, action.To);
        if (errno != Errno.Success)
        {
            descriptor.File.Release();
        }

        return errno;
    }

    private Errno Open(GuestThread thread, Process child, OpenAction action)
    {
        Errno errno = tree.Kernel.Files.Open(new PathReference(child, null, action.Path, PathFlags.Follow), action.Request, out OpenFile? file);
        if (errno != Errno.Success)
        {
            return errno;
        }

        try
        {
            errno = file!.Operations.Opening(file);
            if (errno == Errno.Again && !file.IsNonBlocking && file.Queue is { } queue)
            {
                errno = thread.Waiter.WaitUntil(queue, file, static file => file.Operations.Opening(file) != Errno.Again, Deadline.Never);
                errno = errno == Errno.Success ? file.Operations.Opening(file) : errno;
            }

            if (errno == Errno.Success)
            {
                errno = child.Descriptors.Set(new Descriptor(file.Acquire()), action.Descriptor);
                if (errno != Errno.Success)
                {
                    file.Release();
                }
            }

            return errno;
        }
        finally
        {
            file!.Release();
        }
    }
}
