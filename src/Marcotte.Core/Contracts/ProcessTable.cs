namespace Marcotte.Core;

/// <summary>What a process layer gives a box: processes beside the first one, their families, and their threads.</summary>
/// <remarks>Errors are those of the POSIX call that a method stands for. What waits does so by the thread's waiter.</remarks>
[LayerContract("processes", "UseProcesses", "Marcotte.Processes")]
public abstract class ProcessTable
{
    /// <summary>What a box without a process layer has: its one process.</summary>
    public static ProcessTable None { get; } = new NoProcesses();

    /// <summary>Looks a process up that lives; one that has ended and was not waited for is none.</summary>
    /// <param name="id">Its number.</param>
    /// <returns>The process, or null.</returns>
    public virtual Process? Find(int id) => null;

    /// <summary>All processes there are now, those included that have ended and were not waited for.</summary>
    /// <returns>A list of its own, by number.</returns>
    public virtual IReadOnlyList<ProcessStat> List() => [];

    /// <summary>The parent of a process (getppid).</summary>
    /// <param name="id">The process.</param>
    /// <param name="parent">Its parent; 0 for the first process.</param>
    /// <returns><see cref="Errno.Srch"/> when there is no such process.</returns>
    public virtual Errno Parent(int id, out int parent) => None0(out parent);

    /// <summary>The process group of a process (getpgid).</summary>
    /// <param name="id">The process.</param>
    /// <param name="group">Its group.</param>
    /// <returns><see cref="Errno.Srch"/> when there is no such process.</returns>
    public virtual Errno Group(int id, out int group) => None0(out group);

    /// <summary>Puts a process into a group (setpgid).</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The caller, or a child of its that has not run another program yet; 0 for the caller.</param>
    /// <param name="group">The group; 0 for one of the process's own.</param>
    /// <returns><see cref="Errno.Perm"/>, <see cref="Errno.Access"/>, <see cref="Errno.Srch"/>, <see cref="Errno.Inval"/>.</returns>
    public virtual Errno SetGroup(Process caller, int id, int group) => Errno.NoSys;

    /// <summary>The session of a process (getsid).</summary>
    /// <param name="id">The process.</param>
    /// <param name="session">Its session.</param>
    /// <returns><see cref="Errno.Srch"/> when there is no such process.</returns>
    public virtual Errno Session(int id, out int session) => None0(out session);

    /// <summary>Makes a process lead a session and a group of its own (setsid).</summary>
    /// <param name="caller">The process.</param>
    /// <returns><see cref="Errno.Perm"/> when it leads a group already.</returns>
    public virtual Errno NewSession(Process caller) => Errno.NoSys;

    /// <summary>Makes a child of a process (fork); it has no thread yet.</summary>
    /// <param name="thread">The thread that asks.</param>
    /// <param name="child">The child: then either <see cref="Start"/> or <see cref="Abandon"/> it.</param>
    /// <returns><see cref="Errno.Again"/> beyond <see cref="Limits.Processes"/>.</returns>
    public virtual Errno Fork(GuestThread thread, out Process? child)
    {
        child = null;
        return Errno.NoSys;
    }

    /// <summary>Lets a child run.</summary>
    /// <param name="child">What <see cref="Fork"/> made.</param>
    /// <param name="execution">Its first thread; given away also when this fails.</param>
    /// <returns><see cref="Errno.Again"/> when the host has no thread to give; the child is abandoned then.</returns>
    public virtual Errno Start(Process child, Execution execution) => Errno.NoSys;

    /// <summary>Gives up a child that has not started.</summary>
    /// <param name="child">What <see cref="Fork"/> made.</param>
    public virtual void Abandon(Process child)
    {
    }

    /// <summary>Makes a child that runs another program (posix_spawn).</summary>
    /// <param name="thread">The thread that asks.</param>
    /// <param name="request">The program, and what the child is like.</param>
    /// <param name="id">The child's number.</param>
    /// <returns>What an exec or one of the actions fails with; there is no child then.</returns>
    public virtual Errno Spawn(GuestThread thread, SpawnRequest request, out int id) => None0(out id);

    /// <summary>Makes the process run another program (execve). Does not return when it succeeds.</summary>
    /// <param name="thread">The thread that asks.</param>
    /// <param name="request">The program.</param>
    /// <returns>
    /// <see cref="Errno.NoEnt"/>, <see cref="Errno.Access"/>, <see cref="Errno.NoExec"/>, <see cref="Errno.TooBig"/>, and all that
    /// walking a path answers.
    /// </returns>
    /// <exception cref="ImageReplacedException">It succeeds.</exception>
    public virtual Errno Execute(GuestThread thread, ExecRequest request) => Errno.NoSys;

    /// <summary>Waits for a child (waitid).</summary>
    /// <param name="thread">The thread that waits.</param>
    /// <param name="request">For whom, and for what.</param>
    /// <param name="report">What was found.</param>
    /// <returns><see cref="Errno.Child"/> when there is none to wait for; <see cref="Errno.Intr"/>.</returns>
    public virtual Errno Wait(GuestThread thread, WaitRequest request, out WaitReport report)
    {
        report = default;
        return Errno.NoSys;
    }

    /// <summary>Told that a process is about to run another program: its descriptors are closed already that exec closes.</summary>
    /// <param name="process">The process.</param>
    public virtual void Replaced(Process process)
    {
    }

    /// <summary>Told that a process has ended: no thread of its is left and its files are closed.</summary>
    /// <param name="process">The process.</param>
    /// <param name="end">How.</param>
    public virtual void Ended(Process process, ProcessEnd end)
    {
    }

    /// <summary>Ends all processes that are left and waits until they have ended. For the host, when the first process has.</summary>
    public virtual void EndAll()
    {
    }

    /// <summary>What a process used (getrusage).</summary>
    /// <param name="thread">The thread that asks.</param>
    /// <param name="scope">Whose use.</param>
    /// <param name="usage">What was used.</param>
    /// <returns>The outcome.</returns>
    public virtual Errno Usage(GuestThread thread, UsageScope scope, out ResourceUsage usage)
    {
        usage = default;
        return Errno.NoSys;
    }

    /// <summary>What a process is limited to (prlimit).</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The process; 0 for the caller.</param>
    /// <param name="resource">In what.</param>
    /// <param name="limit">The limit.</param>
    /// <returns><see cref="Errno.Inval"/> for no resource, <see cref="Errno.Srch"/>, <see cref="Errno.Perm"/>.</returns>
    public virtual Errno GetLimit(Process caller, int id, Resource resource, out ResourceLimit limit)
    {
        limit = default;
        return Errno.NoSys;
    }

    /// <summary>Limits a process (prlimit).</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The process; 0 for the caller.</param>
    /// <param name="resource">In what.</param>
    /// <param name="limit">The limit.</param>
    /// <returns><see cref="Errno.Inval"/> for no resource or when what holds is above what can, <see cref="Errno.Perm"/> to raise that.</returns>
    public virtual Errno SetLimit(Process caller, int id, Resource resource, ResourceLimit limit) => Errno.NoSys;

    /// <summary>How nice processes are (getpriority); it is kept and told, and changes nothing.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="scope">Whose.</param>
    /// <param name="id">The process, group or user; 0 for the caller's.</param>
    /// <param name="value">The lowest among them, from -20 to 19.</param>
    /// <returns><see cref="Errno.Srch"/>, <see cref="Errno.Inval"/>.</returns>
    public virtual Errno GetPriority(Process caller, PriorityScope scope, int id, out int value) => None0(out value);

    /// <summary>Makes processes more or less nice (setpriority).</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="scope">Whose.</param>
    /// <param name="id">The process, group or user; 0 for the caller's.</param>
    /// <param name="value">How nice, cut to what lies from -20 to 19.</param>
    /// <returns><see cref="Errno.Srch"/>, <see cref="Errno.Inval"/>, <see cref="Errno.Perm"/> for others' processes, <see cref="Errno.Access"/> to make one less nice.</returns>
    public virtual Errno SetPriority(Process caller, PriorityScope scope, int id, int value) => Errno.NoSys;

    /// <summary>Starts a further thread of a process.</summary>
    /// <param name="thread">The thread that asks.</param>
    /// <param name="argument">What the new one is told.</param>
    /// <param name="id">The new one's number.</param>
    /// <returns><see cref="Errno.Again"/> beyond <see cref="Limits.Threads"/>, <see cref="Errno.NoSys"/> when the guest has no way to.</returns>
    public virtual Errno StartThread(GuestThread thread, uint argument, out int id) => None0(out id);

    /// <summary>Waits until a thread of the same process has ended.</summary>
    /// <param name="thread">The thread that waits.</param>
    /// <param name="id">The other one's number.</param>
    /// <returns>Success also when it has ended before; <see cref="Errno.DeadLk"/> for itself, <see cref="Errno.Srch"/> for none there ever was, <see cref="Errno.Intr"/>.</returns>
    public virtual Errno JoinThread(GuestThread thread, int id) => Errno.NoSys;

    /// <summary>Waits until a word of memory is woken, if it is what it is expected to be (FUTEX_WAIT).</summary>
    /// <param name="thread">The thread that waits.</param>
    /// <param name="address">The word: four bytes, aligned.</param>
    /// <param name="expected">What it is expected to be.</param>
    /// <param name="deadline">When to give up.</param>
    /// <returns>
    /// Success when it was woken; <see cref="Errno.Again"/> when it is something else, <see cref="Errno.TimedOut"/>, <see cref="Errno.Intr"/>,
    /// <see cref="Errno.Fault"/> out of memory, <see cref="Errno.Inval"/> when not aligned.
    /// </returns>
    public virtual Errno FutexWait(GuestThread thread, uint address, uint expected, Waiting.Deadline deadline) => Errno.NoSys;

    /// <summary>Wakes threads that wait for a word of memory (FUTEX_WAKE), those first that have waited longest.</summary>
    /// <param name="thread">The thread that wakes.</param>
    /// <param name="address">The word.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>How many were woken.</returns>
    public virtual int FutexWake(GuestThread thread, uint address, int count) => 0;

    private static Errno None0(out int value)
    {
        value = 0;
        return Errno.NoSys;
    }

    private sealed class NoProcesses : ProcessTable;
}

/// <summary>A process, as listings show it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">Its parent's; 0 for the first.</param>
/// <param name="Group">Its process group.</param>
/// <param name="Session">Its session.</param>
/// <param name="State">R, S (waits), T (stopped) or Z (has ended, and nobody has waited for it).</param>
/// <param name="Process">The process itself; null once it has ended.</param>
/// <param name="Usage">What it used so far.</param>
public sealed record ProcessStat(int Id, int Parent, int Group, int Session, char State, Process? Process, ResourceUsage Usage);
