using System.Runtime.InteropServices;
using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Running another program in a child: <c>proc_spawn</c> and <c>proc_spawn2</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Spawning
{
    private static readonly GuestText Absent = new(0, 0);

    /// <summary>proc_spawn: runs a program in a child, whose standard streams may be pipes to the parent.</summary>
    /// <returns><see cref="Errno.NotSup"/> with a root of its own; <see cref="Errno.Inval"/> for an unknown kind of stream; else as posix_spawn.</returns>
    [HostImport(WasixModules.Core, "proc_spawn", Needs = typeof(ProcessTable), Support = SupportLevel.Partial, Note = "ENOTSUP with a root of its own; preopens are those of the parent.")]
    internal static Errno ProcSpawn(GuestThread thread, GuestMemory memory, GuestText name, uint chroot, GuestText args, GuestText preopen, uint stdin, uint stdout, uint stderr, GuestText workingDir, GuestOut<ProcessHandles> handles)
    {
        _ = preopen;
        if (!memory.CanWrite(handles))
        {
            return Errno.Fault;
        }

        if (chroot != 0 || stdin > (uint)StreamMode.Log || stdout > (uint)StreamMode.Log || stderr > (uint)StreamMode.Log)
        {
            return chroot != 0 ? Errno.NotSup : Errno.Inval;
        }

        Errno errno = ProgramText.Read(thread, memory, name, args, Absent, Absent, out ExecRequest? program);
        if (errno != Errno.Success)
        {
            return errno;
        }

        SpawnStreams streams = new(thread.Process);
        if (workingDir.Length > 0)
        {
            errno = memory.ReadText(workingDir, thread.Kernel.Limits.PathBytes, out ReadOnlySpan<byte> directory);
            streams.Enter(directory.ToArray());
        }

        errno = errno == Errno.Success ? streams.Add(0, (StreamMode)stdin) : errno;
        errno = errno == Errno.Success ? streams.Add(1, (StreamMode)stdout) : errno;
        errno = errno == Errno.Success ? streams.Add(2, (StreamMode)stderr) : errno;
        int pid = 0;
        if (errno == Errno.Success)
        {
            errno = thread.Kernel.Processes.Spawn(thread, new SpawnRequest { Program = program!, Actions = streams.Actions }, out pid);
        }

        streams.Finish(errno == Errno.Success);
        if (errno == Errno.Success)
        {
            memory.TryWrite(handles, streams.Describe(pid));
        }

        return errno;
    }

    /// <summary>proc_spawn2: runs a program in a child (posix_spawn).</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="name">The program.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="envs">Its variables; at address 0 the same as those of the parent.</param>
    /// <param name="fdOps">What is done to the child's descriptors, in this order.</param>
    /// <param name="signalDispositions">What the child does about signals.</param>
    /// <param name="searchPath">Whether a name without a slash is looked for.</param>
    /// <param name="path">Where; at address 0 in a default.</param>
    /// <param name="pid">Takes the child's number.</param>
    /// <returns>As posix_spawn.</returns>
    [HostImport(WasixModules.Core, "proc_spawn2", Needs = typeof(ProcessTable))]
    internal static Errno ProcSpawn2(GuestThread thread, GuestMemory memory, GuestText name, GuestText args, GuestText envs, GuestSpan<SpawnOperation> fdOps, GuestSpan<SignalDisposition> signalDispositions, uint searchPath, GuestText path, GuestOut<int> pid)
    {
        if (!memory.CanWrite(pid))
        {
            return Errno.Fault;
        }

        Errno errno = ProgramText.Read(thread, memory, name, args, envs, searchPath != 0 ? path : null, out ExecRequest? program);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = ReadActions(thread, memory, fdOps, out List<SpawnAction> actions);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = ReadDispositions(memory, signalDispositions, out SignalSet defaults, out SignalSet ignored);
        if (errno != Errno.Success)
        {
            return errno;
        }

        SpawnRequest request = new() { Program = program!, Actions = actions, Defaults = defaults, Ignored = ignored };
        errno = thread.Kernel.Processes.Spawn(thread, request, out int child);
        if (errno == Errno.Success)
        {
            memory.TryWrite(pid, child);
        }

        return errno;
    }

    private static Errno ReadActions(GuestThread thread, GuestMemory memory, GuestSpan<SpawnOperation> span, out List<SpawnAction> actions)
    {
        actions = [];
        if (span.Count > (uint)thread.Kernel.Limits.Vectors)
        {
            return Errno.TooBig;
        }

        if (!memory.TrySliceBytes(span, out Span<byte> bytes))
        {
            return Errno.Fault;
        }

        for (int i = 0; i < span.Count; i++)
        {
            SpawnOperation operation = MemoryMarshal.Read<SpawnOperation>(bytes[(i * 56)..]);
            Errno errno = memory.ReadText(new GuestText(operation.PathAddress, operation.PathLength), thread.Kernel.Limits.PathBytes, out ReadOnlySpan<byte> path);
            SpawnAction? action = operation.ToAction(errno == Errno.Success ? path : []);
            if (action is null || (errno != Errno.Success && operation.NamesPath))
            {
                return action is null ? Errno.Inval : errno;
            }

            actions.Add(action);
        }

        return Errno.Success;
    }

    private static Errno ReadDispositions(GuestMemory memory, GuestSpan<SignalDisposition> span, out SignalSet defaults, out SignalSet ignored)
    {
        defaults = ignored = SignalSet.Empty;
        if (!memory.TrySliceBytes(span, out Span<byte> bytes))
        {
            return Errno.Fault;
        }

        foreach (SignalDisposition disposition in MemoryMarshal.Cast<byte, SignalDisposition>(bytes))
        {
            if (disposition.Signal is 0 or > (byte)Signal.Last || disposition.Disposition > 1)
            {
                return Errno.Inval;
            }

            SignalSet signal = SignalSet.Of((Signal)disposition.Signal);
            defaults = disposition.Disposition == 0 ? defaults | signal : defaults;
            ignored = disposition.Disposition == 1 ? ignored | signal : ignored;
        }

        return Errno.Success;
    }
}
