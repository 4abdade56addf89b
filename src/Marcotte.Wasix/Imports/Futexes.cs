using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Core.Waiting;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Waiting for a word of memory: <c>futex_*</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Futexes
{
    /// <summary>futex_wait: waits until a word is woken, as long as it is what it is expected to be.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="futex">The word.</param>
    /// <param name="expected">What it is expected to be.</param>
    /// <param name="timeout">How long at most, in nanoseconds; for ever when it is none, or its address 0.</param>
    /// <param name="woken">Takes 0 when the time was over, else 1.</param>
    /// <returns><see cref="Errno.Fault"/>, <see cref="Errno.Inval"/> when not aligned.</returns>
    /// <remarks>
    /// WASIX' libc traps at any error, and takes 0 for the time being over: so another value, and a signal, count as woken. Whoever waits looks again.
    /// </remarks>
    [HostImport(WasixModules.Core, "futex_wait", Needs = typeof(ProcessTable))]
    internal static Errno FutexWait(GuestThread thread, GuestMemory memory, GuestOut<uint> futex, uint expected, GuestPtr<OptionTimestamp> timeout, GuestOut<byte> woken)
    {
        OptionTimestamp limit = default;
        if (!memory.CanWrite(woken) || (timeout.Address != 0 && !memory.TryRead(timeout, out limit)))
        {
            return Errno.Fault;
        }

        Deadline deadline = Deadline.Never;
        Errno errno = limit.Tag != 0 ? Deadlines.After(thread, limit.Value, out deadline) : Errno.Success;
        if (errno == Errno.Success)
        {
            errno = thread.Kernel.Processes.FutexWait(thread, futex.Address, expected, deadline);
        }

        if (errno is not (Errno.Success or Errno.Again or Errno.TimedOut or Errno.Intr))
        {
            return errno;
        }

        memory.TryWrite(woken, errno == Errno.TimedOut ? (byte)0 : (byte)1);
        return Errno.Success;
    }

    /// <summary>futex_wake: wakes one that waits for a word.</summary>
    /// <returns><see cref="Errno.Fault"/>.</returns>
    [HostImport(WasixModules.Core, "futex_wake", Needs = typeof(ProcessTable))]
    internal static Errno FutexWake(GuestThread thread, GuestMemory memory, GuestOut<uint> futex, GuestOut<byte> woken) =>
        Wake(thread, memory, futex, 1, woken);

    /// <summary>futex_wake_all: wakes all that wait for a word.</summary>
    /// <returns><see cref="Errno.Fault"/>.</returns>
    [HostImport(WasixModules.Core, "futex_wake_all", Needs = typeof(ProcessTable))]
    internal static Errno FutexWakeAll(GuestThread thread, GuestMemory memory, GuestOut<uint> futex, GuestOut<byte> woken) =>
        Wake(thread, memory, futex, int.MaxValue, woken);

    private static Errno Wake(GuestThread thread, GuestMemory memory, GuestOut<uint> futex, int count, GuestOut<byte> woken)
    {
        if (!memory.CanWrite(woken) || !memory.CanWrite(futex))
        {
            return Errno.Fault;
        }

        memory.TryWrite(woken, thread.Kernel.Processes.FutexWake(thread, futex.Address, count) > 0 ? (byte)1 : (byte)0);
        return Errno.Success;
    }
}
