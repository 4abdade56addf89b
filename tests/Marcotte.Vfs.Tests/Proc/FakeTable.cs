using Marcotte.Core;

namespace Marcotte.Vfs.Tests.Proc;

/// <summary>A list of processes that a test keeps.</summary>
internal sealed class FakeTable : ProcessTable
{
    public List<ProcessStat> Processes { get; } = [];

    public override IReadOnlyList<ProcessStat> List() => [.. Processes];

    public override Process? Find(int id) => Processes.Find(stat => stat.Id == id)?.Process;

    public override Errno GetLimit(Process caller, int id, Resource resource, out ResourceLimit limit)
    {
        limit = resource == Resource.Descriptors ? new ResourceLimit(20, 30) : ResourceLimit.None;
        return Errno.Success;
    }

    public void Add(Process process, int parent, char state = 'S') =>
        Processes.Add(new ProcessStat(process.Id, parent, process.Id, 1, state, process, new ResourceUsage(1_230_000_000, 4096 * 1024, 7, 3)));
}
