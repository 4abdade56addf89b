using Marcotte.Core;

namespace Marcotte;

/// <summary>A module that a host has placed in the trees of boxes. Each template compiles it for itself, and its boxes run what came of it.</summary>
internal sealed class PlacedModule(GuestModule module) : Program
{
    public override string Name => module.Name;

    internal GuestModule Module => module;

    public override Errno Prepare(Process process, out Execution? execution)
    {
        execution = null;
        return process.Kernel.Programs is BoxPrograms programs && programs.Find(this) is { } program ? program.Prepare(process, out execution) : Errno.NoExec;
    }
}
