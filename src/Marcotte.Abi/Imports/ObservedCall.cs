using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>A call that somebody looks at. Generated thunks make it only then.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct ObservedCall
{
    private readonly SyscallObserver _observer;
    private readonly Syscall _syscall;
    private readonly GuestThread _thread;
    private readonly ReadOnlySpan<ulong> _arguments;
    private readonly nint _caller;
    private SyscallDecision _decision;
    private long _began;

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
    }

    /// <summary>Asks whether it is to be made.</summary>
    /// <returns>Success to make it; else what it answers without being made.</returns>
    /// <exception cref="CallDeniedException">It is not to be made, and answers no errno or is to end the guest.</exception>
    public Errno Enter()
    {
        _decision = _observer.Entering(new SyscallEntry
        {
            Syscall = _syscall,
            Thread = _thread,
            Arguments = _arguments,
            Memory = new GuestMemory(_thread.Memory, _caller),
        });
        if (_decision.IsRefused)
        {
            return Refuse();
        }

        if (_decision.IsMeasured)
        {
            _began = Stopwatch.GetTimestamp();
        }

        return Errno.Success;
    }

    /// <summary>It answered nothing.</summary>
    public readonly void Complete() => Complete(Errno.Success);

    /// <summary>It answered an errno.</summary>
    /// <param name="errno">The errno.</param>
    public readonly void Complete(Errno errno)
    {
        if (_decision.IsObserved)
        {
            Report(errno, 0, null);
        }
    }

    /// <summary>It answered a number.</summary>
    /// <param name="value">The number; the bits, when it is a floating-point one.</param>
    public readonly void Complete(long value)
    {
        if (_decision.IsObserved)
        {
            Report(Errno.Success, value, null);
        }
    }

    /// <summary>It ended the guest.</summary>
    /// <param name="exception">With what.</param>
    public readonly void Unwind(Exception exception)
    {
        if (_decision.IsObserved)
        {
            Report(Errno.Success, 0, exception);
        }
    }

    private readonly Errno Refuse()
    {
        if (!_decision.IsKill && _syscall.Result == ResultKind.Errno)
        {
            return _decision.Errno;
        }

        _thread.Process.End(new DeniedEnd(_syscall), _thread);
        throw new CallDeniedException(_syscall);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Report(Errno errno, long value, Exception? unwound) => _observer.Completed(new SyscallEvent
    {
        Syscall = _syscall,
        Thread = _thread,
        Arguments = _arguments,
        Memory = new GuestMemory(_thread.Memory, _caller),
        Errno = errno,
        Value = value,
        Unwound = unwound,
        Elapsed = _decision.IsMeasured ? Stopwatch.GetElapsedTime(_began) : default,
        IsRefused = _decision.IsRefused,
        Mark = _decision.Mark,
    });
}
