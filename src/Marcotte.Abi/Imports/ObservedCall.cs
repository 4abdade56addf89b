using System.ComponentModel;
using System.Diagnostics;
using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>A call that somebody looks at. Generated thunks make it only then.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct ObservedCall
{
    private readonly SyscallObserver _observer;
    private readonly Syscall _syscall;
    private readonly GuestThread _thread;
    private readonly ReadOnlySpan<ulong> _arguments;
    private readonly nint _caller;
    private readonly long _began;

    /// <summary>Begins the call.</summary>
    /// <param name="observer">Who looks.</param>
    /// <param name="syscall">The call.</param>
    /// <param name="thread">Whose.</param>
    /// <param name="arguments">Its values.</param>
    /// <param name="caller">Wasmtime's caller.</param>
    public ObservedCall(SyscallObserver observer, Syscall syscall, GuestThread thread, ReadOnlySpan<ulong> arguments, nint caller)
    {
        _observer = observer;
        _syscall = syscall;
        _thread = thread;
        _arguments = arguments;
        _caller = caller;
        _began = Stopwatch.GetTimestamp();
    }

    /// <summary>It answered nothing.</summary>
    public void Complete() => Report(Errno.Success, 0, null);

    /// <summary>It answered an errno.</summary>
    /// <param name="errno">The errno.</param>
    public void Complete(Errno errno) => Report(errno, 0, null);

    /// <summary>It answered a number.</summary>
    /// <param name="value">The number; the bits, when it is a floating-point one.</param>
    public void Complete(long value) => Report(Errno.Success, value, null);

    /// <summary>It ended the guest.</summary>
    /// <param name="exception">With what.</param>
    public void Unwind(Exception exception) => Report(Errno.Success, 0, exception);

    private void Report(Errno errno, long value, Exception? unwound) => _observer.Completed(new SyscallEvent
    {
        Syscall = _syscall,
        Thread = _thread,
        Arguments = _arguments,
        Memory = new GuestMemory(_thread.Memory, _caller),
        Errno = errno,
        Value = value,
        Unwound = unwound,
        Elapsed = Stopwatch.GetElapsedTime(_began),
    });
}
