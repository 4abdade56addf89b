using System.Text;
using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes;

/// <summary>What a program of the host's sees of its box. For the thread that runs it alone, but for <see cref="CancellationToken"/>.</summary>
public sealed class HostContext
{
    private readonly HostExecution _execution;

    internal HostContext(HostExecution execution)
    {
        _execution = execution;
        Arguments = Texts(Process.Arguments);
        Variables = ReadVariables(Process.Variables);
        CancellationToken = Process.EndingToken;
        In = new DescriptorStream(this, 0);
        Out = new DescriptorStream(this, 1);
        Error = new DescriptorStream(this, 2);
    }

    /// <summary>Its arguments, its own name first.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Its variables.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Descriptor 0. Reading waits; an end of the process ends that.</summary>
    public Stream In { get; }

    /// <summary>Descriptor 1. Writing where nobody reads raises SIGPIPE.</summary>
    public Stream Out { get; }

    /// <summary>Descriptor 2.</summary>
    public Stream Error { get; }

    /// <summary>The process it runs as.</summary>
    public Process Process => Thread.Process;

    /// <summary>Its thread: what calls of the box's contracts are made with.</summary>
    public GuestThread Thread => _execution.Thread;

    /// <summary>The box.</summary>
    public Kernel Kernel => Thread.Kernel;

    /// <summary>Cancelled when the process ends.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>A stream over any descriptor, which disposing it leaves open.</summary>
    /// <param name="descriptor">The descriptor's number.</param>
    /// <returns>The stream.</returns>
    public Stream Open(int descriptor) => new DescriptorStream(this, descriptor);

    /// <summary>Reads from a descriptor, and waits for it where it must.</summary>
    /// <param name="descriptor">The descriptor's number.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="count">Bytes read; 0 at the end.</param>
    /// <returns><see cref="Errno.BadF"/>, <see cref="Errno.Intr"/> after a handler without <see cref="SignalFlags.Restart"/>, and what the file answers.</returns>
    public Errno Read(int descriptor, Span<byte> buffer, out int count)
    {
        count = 0;
        if (!Process.Descriptors.TryGet(descriptor, out Descriptor? there))
        {
            return Errno.BadF;
        }

        for (;;)
        {
            Thread.ThrowIfKilled();
            Errno errno = there.File.Read(buffer, out count);
            if (errno != Errno.Again || there.File.IsNonBlocking)
            {
                return errno;
            }

            errno = Thread.Waiter.WaitFor(there.File, Readiness.In, Deadline.Never);
            if (errno != Errno.Success)
            {
                return errno;
            }
        }
    }

    /// <summary>Writes to a descriptor, all or what it takes before it fails, and waits for it where it must.</summary>
    /// <param name="descriptor">The descriptor's number.</param>
    /// <param name="buffer">The bytes.</param>
    /// <param name="count">Bytes written.</param>
    /// <returns><see cref="Errno.BadF"/>, <see cref="Errno.Pipe"/> after SIGPIPE, <see cref="Errno.Intr"/>, and what the file answers.</returns>
    public Errno Write(int descriptor, ReadOnlySpan<byte> buffer, out int count)
    {
        count = 0;
        if (!Process.Descriptors.TryGet(descriptor, out Descriptor? there))
        {
            return Errno.BadF;
        }

        for (;;)
        {
            Thread.ThrowIfKilled();
            Errno errno = there.File.Write(buffer[count..], out int written, Process.FileSizeLimit);
            count += written;
            if (errno == Errno.Success && count == buffer.Length)
            {
                return errno;
            }

            if (errno == Errno.Pipe)
            {
                Kernel.Signals.Raise(Process, new SignalInfo(Signal.Pipe, SignalCause.Kernel));
                Attend();
            }

            if (errno == Errno.FBig)
            {
                // Beyond the process's own limit a write that went on up to there counts.
                return count > 0 ? Errno.Success : TooLarge();
            }

            if (errno == Errno.Again && !there.File.IsNonBlocking)
            {
                errno = Thread.Waiter.WaitFor(there.File, Readiness.Out, Deadline.Never);
            }

            if (errno != Errno.Success)
            {
                return errno;
            }
        }
    }

    private Errno TooLarge()
    {
        if (Process.FileSizeLimit != long.MaxValue)
        {
            Kernel.Signals.Raise(Process, new SignalInfo(Signal.FileSizeLimit, SignalCause.Kernel));
            Attend();
        }

        return Errno.FBig;
    }

    /// <summary>Has a function run when a signal comes: in a wait, in <see cref="Attend"/>, or at once when the program sends it to itself.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="handler">The function; null for the default.</param>
    /// <param name="flags">How it runs.</param>
    /// <returns><see cref="Errno.Inval"/> for no signal, and for SIGKILL and SIGSTOP.</returns>
    public Errno Handle(Signal signal, Action<Signal>? handler, SignalFlags flags = SignalFlags.None)
    {
        if (handler is not null)
        {
            _execution.Handle(signal, handler);
        }

        Errno errno = Kernel.Signals.SetAction(Process, signal, new SignalAction(handler is null ? Disposition.Default : Disposition.Handle, flags));
        if (handler is null)
        {
            _execution.Handle(signal, null);
        }

        return errno;
    }

    /// <summary>Sees to signals that have come. A program that computes for long calls it now and then, to be stopped and ended as others are.</summary>
    /// <exception cref="GuestKilledException">The process ends.</exception>
    public void Attend()
    {
        Thread.ThrowIfKilled();
        if (Thread.TakeInterrupt())
        {
            Kernel.Signals.Attend(Thread);
        }
    }

    /// <summary>Starts another program as a child, with the same descriptors.</summary>
    /// <param name="path">The program.</param>
    /// <param name="arguments">Its arguments, its own name first.</param>
    /// <param name="id">The child's number.</param>
    /// <returns>The outcome.</returns>
    public Errno Spawn(string path, IEnumerable<string> arguments, out int id)
    {
        ExecRequest program = new() { Path = Encoding.UTF8.GetBytes(path), Arguments = new ByteStrings(arguments) };
        return Kernel.Processes.Spawn(Thread, new SpawnRequest { Program = program }, out id);
    }

    /// <summary>Waits until a child has ended, also when handlers run meanwhile.</summary>
    /// <param name="id">The child.</param>
    /// <param name="status">How it ended.</param>
    /// <returns><see cref="Errno.Child"/>.</returns>
    public Errno Wait(int id, out WaitStatus status)
    {
        Errno errno;
        WaitReport report;
        do
        {
            errno = Kernel.Processes.Wait(Thread, new WaitRequest(WaitScope.Process, id, WaitOptions.Ended), out report);
        }
        while (errno == Errno.Intr);
        status = report.Status;
        return errno;
    }

    private static string[] Texts(ByteStrings strings)
    {
        string[] texts = new string[strings.Count];
        for (int index = 0; index < texts.Length; index++)
        {
            texts[index] = Encoding.UTF8.GetString(strings[index]);
        }

        return texts;
    }

    private static Dictionary<string, string> ReadVariables(ByteStrings strings)
    {
        Dictionary<string, string> variables = [];
        foreach (string text in Texts(strings))
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                variables.TryAdd(text[..equals], text[(equals + 1)..]);
            }
        }

        return variables;
    }
}
