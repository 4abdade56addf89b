namespace Marcotte.Core;

/// <summary>
/// The middle of a box: its limits, and the contracts that its layers fulfil. A contract that no layer fulfils answers
/// <see cref="Errno.NoSys"/>.
/// </summary>
public sealed class Kernel : IDisposable
{
    private static long _kernels;

    private readonly SlotTable _state = new();
    private readonly InterruptList _interrupted = new();
    private readonly Stack<IDisposable> _owned = new();

    /// <summary>Makes a kernel that no layer is attached to.</summary>
    /// <param name="limits">What the box may use.</param>
    public Kernel(Limits limits)
    {
        Limits = limits;
        FileBytes = new Quota(limits.FileBytes);
        Inodes = new Quota(limits.Inodes);
        Locks = new LockTable(limits);
    }

    /// <summary>Its number: no other box of this host process has it. Audits tell boxes apart by it; a guest never sees it.</summary>
    public long Id { get; } = Interlocked.Increment(ref _kernels);

    /// <summary>What the host calls the box; null when it has no name.</summary>
    public string? Name { get; set; }

    /// <summary>What the box may use.</summary>
    public Limits Limits { get; }

    /// <summary>Its tree of files.</summary>
    public FileNamespace Files { get; set; } = FileNamespace.None;

    /// <summary>Its clocks.</summary>
    public BoxClock Clock { get; set; } = BoxClock.None;

    /// <summary>Its random bytes.</summary>
    public EntropySource Entropy { get; set; } = EntropySource.None;

    /// <summary>Its arguments and variables.</summary>
    public ProgramEnvironment Environment { get; set; } = ProgramEnvironment.None;

    /// <summary>Its processes.</summary>
    public ProcessTable Processes { get; set; } = ProcessTable.None;

    /// <summary>Its signals.</summary>
    public SignalTable Signals { get; set; } = SignalTable.None;

    /// <summary>Its pipes and their like.</summary>
    public AnonymousFiles Anonymous { get; set; } = AnonymousFiles.None;

    /// <summary>What runs further programs in it.</summary>
    public ProgramLoader Programs { get; set; } = ProgramLoader.None;

    /// <summary>Sees every host call of threads that start from now on.</summary>
    public SyscallObserver? Observer { get; set; }

    /// <summary>Told of its processes; null when nobody wants to know.</summary>
    public ProcessObserver? ProcessObserver { get; set; }

    /// <summary>Takes what rules have found; null when nobody wants to know.</summary>
    public AuditSink? Audit { get; set; }

    /// <summary>What the file system checks of each path that it walks; null when there are no such rules. Set before layers are attached.</summary>
    public PathPolicy? Paths { get; set; }

    /// <summary>Bytes that the box's memory file systems hold.</summary>
    public Quota FileBytes { get; }

    /// <summary>Inodes that the box's memory file systems hold.</summary>
    public Quota Inodes { get; }

    /// <summary>Advisory locks on its files.</summary>
    public LockTable Locks { get; }

    /// <summary>State and contracts that layers keep for this box beyond the ones above.</summary>
    public SlotTable State => _state;

    /// <summary>Raised when threads that compute should look whether they are to end.</summary>
    public event Action Interrupted
    {
        add => _interrupted.Add(value);
        remove => _interrupted.Remove(value);
    }

    /// <summary>Makes threads that compute look whether they are to end.</summary>
    public void Interrupt() => _interrupted.Invoke();

    /// <summary>Disposes something when the box goes, last in first out.</summary>
    /// <param name="owned">The thing.</param>
    public void Own(IDisposable owned) => _owned.Push(owned);

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_owned.TryPop(out IDisposable? owned))
        {
            owned.Dispose();
        }
    }
}
