using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Wasix.Tests;

/// <summary>As much of a process table as shows that guests double themselves: children that run, and a parent that waits.</summary>
internal sealed class SimpleProcesses : ProcessTable
{
    private readonly WaitQueue _ended = new();
    private readonly Dictionary<int, (int Parent, ProcessEnd? End)> _children = [];
    private int _last = 1;

    public override Errno Fork(GuestThread thread, out Process? child)
    {
        lock (_children)
        {
            child = thread.Process.Fork(++_last);
            _children.Add(child.Id, (thread.Process.Id, null));
        }

        return Errno.Success;
    }

    public override Errno Start(Process child, Execution execution) => child.Kernel.Programs.Start(execution);

    public override void Abandon(Process child)
    {
        lock (_children)
        {
            _children.Remove(child.Id);
        }

        child.Close();
    }

    public override void Ended(Process process, ProcessEnd end)
    {
        lock (_children)
        {
            if (_children.TryGetValue(process.Id, out (int Parent, ProcessEnd? End) child))
            {
                _children[process.Id] = (child.Parent, end);
            }
        }

        _ended.Wake();
    }

    public override Errno Wait(GuestThread thread, WaitRequest request, out WaitReport report)
    {
        report = default;
        lock (_children)
        {
            if (!_children.Values.Any(child => child.Parent == thread.Process.Id))
            {
                return Errno.Child;
            }
        }

        Errno errno = thread.Waiter.WaitUntil(_ended, request.Id, id => EndOf(id) is not null, Deadline.Never);
        if (errno == Errno.Success && EndOf(request.Id) is { } end)
        {
            report = new WaitReport(request.Id, end.Status, 0, default);
            lock (_children)
            {
                _children.Remove(request.Id);
            }
        }

        return errno;
    }

    private ProcessEnd? EndOf(int id)
    {
        lock (_children)
        {
            return _children.GetValueOrDefault(id).End;
        }
    }
}

/// <summary>Gives a box <see cref="SimpleProcesses"/>.</summary>
internal sealed class SimpleProcessOptions : LayerOptions
{
    public override Layer Build(Limits limits) => new SimpleLayer();

    private sealed class SimpleLayer : Layer
    {
        public override string Name => "simple processes";

        public override int ContractVersion => CoreContract.Version;

        public override IReadOnlyList<Type> Provides { get; } = [typeof(ProcessTable)];

        public override void Attach(Kernel kernel) => kernel.Processes = new SimpleProcesses();
    }
}
