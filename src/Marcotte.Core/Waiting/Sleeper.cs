using System.Runtime.InteropServices;

namespace Marcotte.Core.Waiting;

/// <summary>
/// Where one thread sleeps: a word of memory, and on Linux the kernel's futex on it, so that a wake of a thread that is awake is one
/// exchange. Elsewhere a monitor does the same.
/// </summary>
internal sealed unsafe partial class Sleeper
{
    private const int Awake = 0;
    private const int Told = 1;
    private const int Asleep = 2;

    private const int FutexWaitPrivate = 128;
    private const int FutexWakePrivate = 129;

    private static readonly nint FutexCall = Probe();

    private int _state;

    /// <summary>Whether it sleeps now.</summary>
    internal bool IsAsleep => Volatile.Read(ref _state) == Asleep;

    /// <summary>Whether it has been told something that it has not taken note of.</summary>
    internal bool IsTold => Volatile.Read(ref _state) == Told;

    /// <summary>Wakes it, or has its next sleep not begin.</summary>
    internal void Tell()
    {
        // Whatever was changed before is seen by whoever finds itself told: the exchange is a full fence.
        if (Interlocked.Exchange(ref _state, Told) != Asleep)
        {
            return;
        }

        if (FutexCall == 0)
        {
            lock (this)
            {
                Monitor.Pulse(this);
            }

            return;
        }

        // While it sleeps its word is pinned, so this is the address it sleeps at; once it is awake nobody sleeps there.
        fixed (int* word = &_state)
        {
            _ = Futex(FutexCall, word, FutexWakePrivate, 1, null, null, 0);
        }
    }

    /// <summary>Takes note of having been told.</summary>
    /// <returns>Whether it was.</returns>
    internal bool TakeNote() =>
        Volatile.Read(ref _state) == Told && Interlocked.CompareExchange(ref _state, Awake, Told) == Told;

    /// <summary>Sleeps until told, or for a while; may also end early. Whoever was told is to take note after it.</summary>
    /// <param name="nanoseconds">How long at most, above zero.</param>
    internal void Sleep(long nanoseconds)
    {
        if (Interlocked.CompareExchange(ref _state, Asleep, Awake) != Awake)
        {
            return;
        }

        if (FutexCall != 0)
        {
            TimeSpec time = new() { Seconds = (nint)(nanoseconds / 1_000_000_000), Nanoseconds = (nint)(nanoseconds % 1_000_000_000) };
            fixed (int* word = &_state)
            {
                _ = Futex(FutexCall, word, FutexWaitPrivate, Asleep, &time, null, 0);
            }
        }
        else
        {
            lock (this)
            {
                if (Volatile.Read(ref _state) == Asleep)
                {
                    Monitor.Wait(this, (int)Math.Min((nanoseconds + 999_999) / 1_000_000, int.MaxValue));
                }
            }
        }

        Interlocked.CompareExchange(ref _state, Awake, Asleep);
    }

    /// <summary>The number of the system call, where it takes 64-bit times and is known to answer; 0 elsewhere.</summary>
    private static nint Probe()
    {
        nint number = !OperatingSystem.IsLinux() ? 0 : RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 202,
            Architecture.Arm64 => 98,
            _ => 0,
        };
        if (number == 0)
        {
            return 0;
        }

        try
        {
            int word = 0;
            return Futex(number, &word, FutexWakePrivate, 1, null, null, 0) == 0 ? number : 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Futex(nint number, int* word, nint operation, nint value, TimeSpec* time, int* second, nint third);

    private struct TimeSpec
    {
        internal nint Seconds;
        internal nint Nanoseconds;
    }
}
