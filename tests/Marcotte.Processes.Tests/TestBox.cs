using System.Text;
using Marcotte.Clock;
using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes.Tests;

/// <summary>A box whose first process is a program of the host's, with a tree of programs and scripts.</summary>
internal sealed class TestBox : IDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal TestBox(Func<HostContext, int> main, Limits? limits = null, TimeProvider? time = null, Action<ProcessOptions>? configure = null)
    {
        Kernel = new Kernel(limits ?? Limits.Default);
        new ClockOptions().From(time ?? TimeProvider.System).Build(Kernel.Limits).Attach(Kernel);
        Files = new TestFiles();
        Kernel.Files = Files;
        Kernel.Programs = new TestPrograms();
        ProcessOptions options = new();
        configure?.Invoke(options);
        Layer layer = options.Build(Kernel.Limits);
        layer.Attach(Kernel);
        First = new Process(Kernel, 1);
        layer.Start(First);
        new HostProgram("init", main).Prepare(First, out Execution? execution);
        Execution = execution!;
    }

    internal Kernel Kernel { get; }

    internal TestFiles Files { get; }

    internal Process First { get; }

    internal Execution Execution { get; }

    /// <summary>Runs a box to its end.</summary>
    internal static ProcessEnd Run(Func<HostContext, int> main, Limits? limits = null, TimeProvider? time = null, Action<ProcessOptions>? configure = null)
    {
        using TestBox box = new(main, limits, time, configure);
        return box.Run();
    }

    internal ProcessEnd Run()
    {
        Task run = Begin();
        Assert.That(run.Wait(Patience), Is.True, "The box did not end.");
        return First.Ending!;
    }

    internal Task Begin() => Task.Factory.StartNew(
        () =>
        {
            First.Carry(Execution);
            First.Join();
            Kernel.Processes.EndAll();
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose() => Kernel.Dispose();
}

/// <summary>Host threads for guest threads, one each.</summary>
internal sealed class TestPrograms : ProgramLoader
{
    public override Errno Load(Process process, OpenFile file, out Program? program)
    {
        program = (file.Operations as ProgramOperations)?.Program;
        return program is null ? Errno.NoExec : Errno.Success;
    }

    public override Errno Start(Execution execution)
    {
        new Thread(() => execution.Thread.Process.Carry(execution), 256 * 1024) { IsBackground = true }.Start();
        return Errno.Success;
    }
}

/// <summary>A flat tree: paths, and what they stand for.</summary>
internal sealed class TestFiles : FileNamespace
{
    private readonly Dictionary<string, (FileOperations Operations, Errno Errno)> _files = [];

    internal void Add(string path, Func<HostContext, int> main, ushort mode = 0x1ED, uint owner = 0) =>
        _files[path] = (new ProgramOperations(new HostProgram(path, main)), Errno.Success);

    internal void AddText(string path, string content) => _files[path] = (new TextFile(Encoding.UTF8.GetBytes(content)), Errno.Success);

    internal void Refuse(string path, Errno errno) => _files[path] = (new TextFile([]), errno);

    public override Errno Open(in PathReference path, in OpenRequest request, out OpenFile? file)
    {
        file = null;
        if (path.Path.IsEmpty || !_files.TryGetValue(Encoding.UTF8.GetString(path.Path), out (FileOperations Operations, Errno Errno) found))
        {
            return Errno.NoEnt;
        }

        if (found.Errno == Errno.Success)
        {
            file = new OpenFile(found.Operations, request.Access, request.Status);
        }

        return found.Errno;
    }

    public override Errno MakeDirectory(in PathReference path, ushort mode) => Errno.Success;

    public override Errno MakeNode(in PathReference path, SpecialFile node, ushort mode)
    {
        _files[Encoding.UTF8.GetString(path.Path)] = (new ProgramOperations(((ProgramFile)node).Program), Errno.Success);
        return Errno.Success;
    }

    private sealed class TextFile(byte[] content) : FileOperations
    {
        public override FileType Type => FileType.Regular;

        public override bool IsSeekable => true;

        public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count)
        {
            ReadOnlySpan<byte> rest = content.AsSpan((int)Math.Min(offset, content.Length));
            count = Math.Min(buffer.Length, rest.Length);
            rest[..count].CopyTo(buffer);
            return Errno.Success;
        }
    }
}

/// <summary>What tests ask of processes, in few words.</summary>
internal static class Asking
{
    private const WaitOptions All = WaitOptions.Ended | WaitOptions.Stopped | WaitOptions.Continued;

    /// <summary>Forks, and has the child run something.</summary>
    internal static int Fork(this HostContext context, Func<HostContext, int> main)
    {
        Errno errno = context.TryFork(main, out int id);
        return errno == Errno.Success ? id : throw new InvalidOperationException(errno.ToString());
    }

    internal static Errno TryFork(this HostContext context, Func<HostContext, int> main, out int id)
    {
        id = 0;
        Errno errno = context.Kernel.Processes.Fork(context.Thread, out Process? child);
        if (errno != Errno.Success)
        {
            return errno;
        }

        id = child!.Id;
        new HostProgram("child", main).Prepare(child, out Execution? execution);
        return context.Kernel.Processes.Start(child, execution!);
    }

    internal static Errno Wait(this HostContext context, WaitScope scope, int id, WaitOptions options, out WaitReport report) =>
        context.Kernel.Processes.Wait(context.Thread, new WaitRequest(scope, id, options), out report);

    internal static WaitStatus Await(this HostContext context, int id, WaitOptions options = WaitOptions.Ended)
    {
        Errno errno;
        WaitReport report;
        do
        {
            errno = context.Wait(WaitScope.Process, id, options, out report);
        }
        while (errno == Errno.Intr);
        return errno == Errno.Success ? report.Status : throw new InvalidOperationException(errno.ToString());
    }

    internal static WaitStatus AwaitAny(this HostContext context, int id) => context.Await(id, All);

    internal static Errno Kill(this HostContext context, int id, Signal signal) => context.Kernel.Signals.Send(context.Thread, id, signal);

    /// <summary>Waits until a signal ends it or has a handler run.</summary>
    internal static int Pause(this HostContext context)
    {
        context.Kernel.Signals.Suspend(context.Thread, context.Kernel.Signals.Mask(context.Thread));
        return 0;
    }

    internal static int PauseForever(this HostContext context)
    {
        for (;;)
        {
            context.Pause();
        }
    }

    internal static void Until(Func<bool> condition)
    {
        if (!SpinWait.SpinUntil(condition, TestBox.Patience))
        {
            throw new TimeoutException("It did not come to be.");
        }
    }

    /// <summary>Whether all threads of a process wait.</summary>
    internal static void UntilWaits(this HostContext context, int id) =>
        Until(() => context.Kernel.Processes.List().Any(stat => stat.Id == id && stat.State is 'S' or 'Z'));

    internal static SignalSet Set(params Signal[] signals) => signals.Aggregate(SignalSet.Empty, (set, signal) => set | SignalSet.Of(signal));
}
