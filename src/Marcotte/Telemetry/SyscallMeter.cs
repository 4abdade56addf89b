using System.Diagnostics.Metrics;
using Marcotte.Core;

namespace Marcotte;

/// <summary>
/// Sums what the counters of running boxes have counted whenever somebody collects; a call itself costs no more than its
/// counter.
/// </summary>
/// <remarks>A counter belongs to the sums from the moment its box runs until that ends; its counts stay in them.</remarks>
internal sealed class SyscallMeter
{
    private readonly Lock _lock = new();
    private readonly HashSet<SyscallCounter> _running = [];
    private readonly Dictionary<SyscallName, long> _calls = [];
    private readonly Dictionary<(SyscallName, Errno), long> _errors = [];
    private readonly ObservableCounter<long>[] _instruments;
    private long _read;
    private long _written;

    internal SyscallMeter(Meter meter) => _instruments =
    [
        meter.CreateObservableCounter("marcotte.syscall.calls", ObserveCalls, "{call}", "Host calls that guests have made."),
        meter.CreateObservableCounter("marcotte.syscall.errors", ObserveErrors, "{call}", "Host calls that answered an errno, or failed in the host."),
        meter.CreateObservableCounter("marcotte.io", ObserveBytes, "By", "Bytes that guests have read and written by host calls."),
    ];

    /// <summary>Whether somebody listens.</summary>
    internal bool IsEnabled => _instruments[0].Enabled || _instruments[1].Enabled || _instruments[2].Enabled;

    internal void Add(SyscallCounter counter)
    {
        lock (_lock)
        {
            _running.Add(counter);
        }
    }

    internal void Remove(SyscallCounter counter)
    {
        lock (_lock)
        {
            if (_running.Remove(counter))
            {
                SumLocked(counter, _calls, _errors);
                _read += counter.BytesRead;
                _written += counter.BytesWritten;
                counter.Reset();
            }
        }
    }

    private static void SumLocked(SyscallCounter counter, Dictionary<SyscallName, long> calls, Dictionary<(SyscallName, Errno), long> errors)
    {
        foreach (SyscallPlace place in counter.Table.All)
        {
            Add(calls, place.Name, counter.Calls(place.Index));
            ReadOnlySpan<long> failed = counter.ErrorsOf(place.Index);
            for (int errno = 0; errno < failed.Length; errno++)
            {
                Add(errors, (place.Name, (Errno)errno), failed[errno]);
            }
        }
    }

    private static void Add<TKey>(Dictionary<TKey, long> sums, TKey key, long count)
        where TKey : notnull
    {
        if (count > 0)
        {
            sums[key] = sums.GetValueOrDefault(key) + count;
        }
    }

    private IEnumerable<Measurement<long>> ObserveCalls() => Sum().Calls.Select(pair => new Measurement<long>(
        pair.Value,
        new(MarcotteTelemetry.Abi, pair.Key.Abi),
        new(MarcotteTelemetry.Syscall, pair.Key.Name)));

    private IEnumerable<Measurement<long>> ObserveErrors() => Sum().Errors.Select(pair => new Measurement<long>(
        pair.Value,
        new(MarcotteTelemetry.Abi, pair.Key.Syscall.Abi),
        new(MarcotteTelemetry.Syscall, pair.Key.Syscall.Name),
        new(MarcotteTelemetry.ErrorType, pair.Key.Errno == SyscallCounter.HostException ? "exception" : pair.Key.Errno.ToName())));

    private IEnumerable<Measurement<long>> ObserveBytes()
    {
        long read;
        long written;
        lock (_lock)
        {
            read = _read + _running.Sum(counter => counter.BytesRead);
            written = _written + _running.Sum(counter => counter.BytesWritten);
        }

        return new[] { (Direction: "read", Bytes: read), (Direction: "write", Bytes: written) }
            .Where(moved => moved.Bytes > 0)
            .Select(moved => new Measurement<long>(moved.Bytes, new KeyValuePair<string, object?>(MarcotteTelemetry.Direction, moved.Direction)));
    }

    private (Dictionary<SyscallName, long> Calls, Dictionary<(SyscallName Syscall, Errno Errno), long> Errors) Sum()
    {
        lock (_lock)
        {
            Dictionary<SyscallName, long> calls = new(_calls);
            Dictionary<(SyscallName, Errno), long> errors = new(_errors);
            foreach (SyscallCounter counter in _running)
            {
                SumLocked(counter, calls, errors);
            }

            return (calls, errors);
        }
    }
}

/// <summary>What a call is called; the same for all templates, whose ABIs may each bring metadata of their own.</summary>
internal readonly record struct SyscallName(string Abi, string Name);
