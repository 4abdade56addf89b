using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Running another program instead: <c>proc_exec</c>, <c>proc_exec2</c>, <c>proc_exec3</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Programs
{
    private static readonly GuestText Absent = new(0, 0);

    /// <summary>proc_exec: goes on as another program with the same variables; does not return.</summary>
    /// <exception cref="ImageReplacedException">It does.</exception>
    /// <exception cref="UnansweredCallException">It cannot be run.</exception>
    [HostImport(WasixModules.Core, "proc_exec", Needs = typeof(ProcessTable))]
    internal static void ProcExec(GuestThread thread, GuestMemory memory, GuestText name, GuestText args) =>
        throw Failed("proc_exec", Execute(thread, memory, name, args, Absent, null));

    /// <summary>proc_exec2: goes on as another program; does not return.</summary>
    /// <exception cref="ImageReplacedException">It does.</exception>
    /// <exception cref="UnansweredCallException">It cannot be run.</exception>
    [HostImport(WasixModules.Core, "proc_exec2", Needs = typeof(ProcessTable))]
    internal static void ProcExec2(GuestThread thread, GuestMemory memory, GuestText name, GuestText args, GuestText envs) =>
        throw Failed("proc_exec2", Execute(thread, memory, name, args, envs, null));

    /// <summary>proc_exec3: goes on as another program (execve, execvpe); returns only when it cannot.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="name">The program.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="envs">Its variables; at address 0 the same as now.</param>
    /// <param name="searchPath">Whether a name without a slash is looked for.</param>
    /// <param name="path">Where; at address 0 in a default.</param>
    /// <returns>As execve.</returns>
    /// <exception cref="ImageReplacedException">It can.</exception>
    [HostImport(WasixModules.Core, "proc_exec3", Needs = typeof(ProcessTable))]
    internal static Errno ProcExec3(GuestThread thread, GuestMemory memory, GuestText name, GuestText args, GuestText envs, uint searchPath, GuestText path) =>
        Execute(thread, memory, name, args, envs, searchPath != 0 ? path : null);

    private static Errno Execute(GuestThread thread, GuestMemory memory, GuestText name, GuestText args, GuestText envs, GuestText? search)
    {
        Errno errno = ProgramText.Read(thread, memory, name, args, envs, search, out ExecRequest? request);
        return errno != Errno.Success ? errno : thread.Kernel.Processes.Execute(thread, request!);
    }

    private static UnansweredCallException Failed(string call, Errno errno) => new($"{call} cannot run the program: {errno.ToName()}.");
}
