using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes;

/// <summary>
/// A terminal of a box whose person is the host: what it writes is typed, and what programs show it reads. Any thread may use it, one at a time
/// for each way.
/// </summary>
public sealed class PseudoTerminal : IDisposable
{
    private readonly OpenFile _master;
    private readonly Bell _bell = new();

    private PseudoTerminal(OpenFile master, OpenFile terminal)
    {
        _master = master;
        Terminal = terminal;
        Device.Person.Listen(_bell);
    }

    /// <summary>The program's end, with one reference: give it to a descriptor, or release it.</summary>
    public OpenFile Terminal { get; }

    /// <summary>The N of /dev/pts/N.</summary>
    public int Number => Device.Number;

    private Tty Device => ((PersonEnd)_master.Operations).Tty;

    /// <summary>Makes a terminal in a box.</summary>
    /// <param name="kernel">The box.</param>
    /// <param name="size">Its window.</param>
    /// <returns>The terminal; dispose it to hang up.</returns>
    /// <exception cref="InvalidOperationException">The box has no process layer, or too many terminals.</exception>
    public static PseudoTerminal Create(Kernel kernel, WindowSize size)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (kernel.Anonymous is not AnonymousFileTable files)
        {
            throw new InvalidOperationException("The box has no terminals; add UseProcesses() to its builder.");
        }

        return files.PseudoTerminal(kernel, size, out OpenFile? master, out OpenFile? terminal) == Errno.Success
            ? new PseudoTerminal(master!, terminal!)
            : throw new InvalidOperationException($"The box has {kernel.Limits.Terminals} terminals; raise Limits.Terminals or close one.");
    }

    /// <summary>Types; what finds no room is left, until a program reads.</summary>
    /// <param name="bytes">What is typed.</param>
    /// <returns>How many bytes were taken.</returns>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        _master.Write(bytes, out int count);
        return count;
    }

    /// <summary>Types all of it, waiting while there is no room.</summary>
    /// <param name="bytes">What is typed.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>A task that ends when all was taken.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation = default)
    {
        while (!bytes.IsEmpty)
        {
            Task rung = _bell.Next();
            int count = Write(bytes.Span);
            bytes = bytes[count..];
            if (count == 0)
            {
                await rung.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads what programs have shown, waiting until there is something.</summary>
    /// <param name="buffer">Takes it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>How many bytes; 0 when no program has the terminal open any more.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        for (;;)
        {
            Task rung = _bell.Next();
            Errno errno = _master.Read(buffer.Span, out int count);
            if (errno != Errno.Again)
            {
                return count;
            }

            await rung.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Changes the window; programs in the foreground are told by SIGWINCH.</summary>
    /// <param name="size">The new one.</param>
    public void Resize(WindowSize size) => Device.SetWindow(size);

    /// <summary>Hangs up: programs in the foreground get SIGHUP, reads end, writes fail.</summary>
    public void Dispose()
    {
        if (_bell.Close())
        {
            Device.Person.Ignore(_bell);
            _master.Release();
        }
    }

    /// <summary>Rings for all who have asked since it last did.</summary>
    private sealed class Bell : WaitListener
    {
        private TaskCompletionSource? _next;
        private int _closed;

        /// <summary>Ends with the next wake after this was called.</summary>
        internal Task Next()
        {
            TaskCompletionSource fresh = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref _next, fresh, null) ?? fresh).Task;
        }

        internal bool Close() => Interlocked.Exchange(ref _closed, 1) == 0;

        public override void Woken() => Interlocked.Exchange(ref _next, null)?.TrySetResult();
    }
}
