using System.Collections.Concurrent;
using System.Diagnostics;
using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte;

/// <summary>Threads of the host that run guest threads, one each; those that are free wait some seconds for another.</summary>
internal sealed class HostThreads(int guestStackBytes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long one that has become free stays awake for another, as where a guest forks again and again: the parent has to wake, to unwind and to copy its memory
    /// first. To be woken costs both sides more than that.
    /// </summary>
    private static readonly long AwakeTicks = Stopwatch.Frequency * 150 / 1_000_000;

    private readonly ConcurrentStack<Carrier> _free = new();
    private int _awake;

    /// <summary>Runs a guest thread, and all that its process runs after it on the same host thread.</summary>
    /// <returns>False when the host has no thread to give.</returns>
    internal bool TryStart(Execution execution)
    {
        while (_free.TryPop(out Carrier? carrier))
        {
            if (carrier.TryGive(execution))
            {
                return true;
            }
        }

        return MappingBudget.OfHost?.TryTake() != false && new Carrier(this, execution).TryBegin(guestStackBytes + (2 * GuestStack.HostBytes));
    }

    private sealed class Carrier(HostThreads owner, Execution first)
    {
        private readonly object _gate = new();
        private Execution? _next = first;
        private bool _left;

        /// <summary>How often it may stay awake in vain before it does so only now and then.</summary>
        private int _credit = 2;

        internal bool TryBegin(int stackBytes)
        {
            try
            {
                new Thread(Work, stackBytes) { IsBackground = true, Name = "Marcotte guest" }.Start();
                return true;
            }
            catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
            {
                return false;
            }
        }

        /// <summary>Gives it another guest thread, unless it has lost patience.</summary>
        internal bool TryGive(Execution execution)
        {
            lock (_gate)
            {
                if (_left)
                {
                    return false;
                }

                _next = execution;
                Monitor.Pulse(_gate);
                return true;
            }
        }

        private void Work()
        {
            SignalStack.Lease stack = SignalStack.Enter();
            while (Take() is { } execution)
            {
                execution.Thread.Process.Carry(execution);
                owner._free.Push(this);
                StayAwake();
            }

            stack.Leave();
        }

        /// <summary>One thread alone does so, and not where there is but one processor.</summary>
        private void StayAwake()
        {
            const int Seldom = -16;
            if ((--_credit < 0 && _credit > Seldom) || Environment.ProcessorCount == 1)
            {
                return;
            }

            if (Interlocked.Increment(ref owner._awake) == 1)
            {
                for (long began = Stopwatch.GetTimestamp(); Volatile.Read(ref _next) is null && Stopwatch.GetTimestamp() - began < AwakeTicks;)
                {
                    Thread.SpinWait(4);
                }
            }

            Interlocked.Decrement(ref owner._awake);
            _credit = Volatile.Read(ref _next) is null ? Math.Max(_credit, 0) : 4;
        }

        private Execution? Take()
        {
            lock (_gate)
            {
                if (_next is null)
                {
                    Monitor.Wait(_gate, Patience);
                }

                _left = _next is null;
                Execution? taken = _next;
                _next = null;
                return taken;
            }
        }
    }
}
