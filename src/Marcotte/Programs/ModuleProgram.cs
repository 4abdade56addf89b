using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte;

/// <summary>A module that was compiled and linked, as a program of processes.</summary>
internal sealed class ModuleProgram(string name, CompiledModule module, GuestProgram program) : Program, IDisposable
{
    public override string Name => name;

    public override Errno Prepare(Process process, out Execution? execution)
    {
        GuestExecution made = new(program, process);
        try
        {
            made.Instantiate();
            execution = made;
            return Errno.Success;
        }
        catch (GuestRefusedException)
        {
            made.Dispose();
            execution = null;
            return Errno.NoMem;
        }
    }

    /// <remarks>What processes that still run need goes with the last of them.</remarks>
    public void Dispose()
    {
        program.Dispose();
        module.Dispose();
    }
}
