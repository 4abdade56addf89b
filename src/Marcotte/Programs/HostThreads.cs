using System.Collections.Concurrent;
using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte;

/// <summary>Threads of the host that run guest threads, one each; those that are free wait some seconds for another.</summary>
internal sealed class HostThreads(int guestStackBytes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentStack<Carrier> _free = new();

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

        return new Carrier(this, execution).TryBegin(guestStackBytes + (2 * GuestStack.HostBytes));
    }

    private sealed class Carrier(HostThreads owner, Execution first)
    {
        private readonly object _gate = new();
        private Execution? _next = first;
        private bool _left;

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
            while (Take() is { } execution)
            {
                execution.Thread.Process.Carry(execution);
                owner._free.Push(this);
            }
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
