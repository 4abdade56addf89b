using Marcotte.Core;

namespace Marcotte.Abi.Tests;

/// <summary>Imports that double a guest, keep its place, and start threads of it, as an ABI's would.</summary>
[HostImports]
internal static partial class ForkImports
{
    [HostImport("toy", "fork")]
    internal static int Fork(GuestThread thread)
    {
        if (thread.Execution!.TryResume(out Resumed resumed))
        {
            return resumed.Errno == Errno.Success ? (int)resumed.Value : -(int)resumed.Errno;
        }

        Errno errno = thread.Kernel.Processes.Fork(thread, out Process? child);
        return errno == Errno.Success ? -(int)thread.Execution.Fork(child!) : -(int)errno;
    }

    /// <summary>setjmp: keeps the number at an address.</summary>
    [HostImport("toy", "mark")]
    internal static int Mark(GuestThread thread, GuestMemory memory, GuestPtr<uint> buffer)
    {
        if (!thread.Execution!.TryResume(out Resumed resumed))
        {
            return -(int)thread.Execution.Checkpoint(buffer.Address);
        }

        return memory.TryWrite(new GuestOut<uint>(buffer.Address), (uint)resumed.Checkpoint) ? (int)resumed.Value : -1;
    }

    [HostImport("toy", "jump")]
    internal static void Jump(GuestThread thread, GuestMemory memory, GuestPtr<uint> buffer, int value)
    {
        memory.TryRead(buffer, out uint number);
        throw new InvalidOperationException($"{thread.Execution!.Restore(number, value)}");
    }

    [HostImport("toy", "thread")]
    internal static int Thread(GuestThread thread, uint argument) =>
        thread.Kernel.Processes.StartThread(thread, argument, out int id) is var errno and not Errno.Success ? -(int)errno : id;

    [HostImport("toy", "note")]
    internal static void Note(GuestThread thread, int value) => Notes.Of(thread.Kernel).Add(value);

    /// <summary>Waits for all that was started.</summary>
    [HostImport("toy", "join")]
    internal static void Join(GuestThread thread) => ((ForkTable)thread.Kernel.Processes).Join();

    [HostImport("toy", "kill")]
    internal static void Kill(GuestThread thread)
    {
        thread.Process.Kill(KillReason.Killed);
        thread.ThrowIfKilled();
    }

    [HostImport("toy", "raise")]
    internal static void Raise(GuestThread thread, uint signal)
    {
        ((GuestExecution)thread.Execution!).SignalExport = "handle"u8.ToArray();
        thread.Execution.Deliver((Signal)signal);
    }
}

/// <summary>What guests of a box have noted.</summary>
internal sealed class Notes
{
    private static readonly Slot<Notes> Slot = new();

    private readonly List<int> _values = [];

    internal static Notes Of(Kernel kernel)
    {
        lock (kernel.State)
        {
            Notes notes = kernel.State.Get(Slot) ?? new Notes();
            kernel.State.Set(Slot, notes);
            return notes;
        }
    }

    internal void Add(int value)
    {
        lock (_values)
        {
            _values.Add(value);
        }
    }

    internal int[] Told()
    {
        lock (_values)
        {
            return [.. _values];
        }
    }

    internal int[] Sorted()
    {
        lock (_values)
        {
            return [.. _values.Order()];
        }
    }
}

/// <summary>As much of a process table as doubling needs: every child runs on a thread of the host's own.</summary>
internal sealed class ForkTable(bool refuses = false) : ProcessTable
{
    private readonly List<Thread> _threads = [];
    private int _last = 1;

    internal int Abandoned { get; private set; }

    public override Errno Fork(GuestThread thread, out Process? child)
    {
        child = thread.Process.Fork(Interlocked.Increment(ref _last));
        return Errno.Success;
    }

    public override Errno Start(Process child, Execution execution)
    {
        if (refuses)
        {
            execution.Dispose();
            Abandon(child);
            return Errno.Again;
        }

        Run(execution);
        return Errno.Success;
    }

    public override void Abandon(Process child)
    {
        Abandoned++;
        child.Close();
    }

    public override Errno StartThread(GuestThread thread, uint argument, out int id)
    {
        id = Interlocked.Increment(ref _last);
        Errno errno = thread.Execution!.NewThread(id, argument, out Execution? execution);
        if (errno == Errno.Success)
        {
            Run(execution!);
        }

        return errno;
    }

    internal void Join()
    {
        for (int i = 0; i < _threads.Count; i++)
        {
            _threads[i].Join();
        }
    }

    private void Run(Execution execution)
    {
        Thread thread = new(() => execution.Thread.Process.Carry(execution));
        _threads.Add(thread);
        thread.Start();
    }
}
