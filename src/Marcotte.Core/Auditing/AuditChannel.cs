using System.Threading.Channels;

namespace Marcotte.Core;

/// <summary>Which events a full channel does without.</summary>
public enum AuditOverflow
{
    /// <summary>Those that come when it is full: how it began is kept.</summary>
    DropNewest,

    /// <summary>Those that have waited longest: what happened last is kept.</summary>
    DropOldest,
}

/// <summary>
/// Keeps events for a reader, up to a bound; those beyond are dropped and counted. So neither a guest that provokes events nor a
/// reader that has stopped exhausts the host or holds a guest up.
/// </summary>
public sealed class AuditChannel : AuditSink
{
    private readonly Channel<AuditEvent> _channel;
    private long _dropped;

    /// <summary>Makes an empty channel.</summary>
    /// <param name="capacity">How many events it keeps, above zero. An event takes some hundreds of bytes, and never more than about 10 KiB.</param>
    /// <param name="overflow">Which events it does without when it is full.</param>
    /// <param name="timeProvider">Tells the time of events; the host's when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is zero or less.</exception>
    public AuditChannel(int capacity = 4096, AuditOverflow overflow = AuditOverflow.DropNewest, TimeProvider? timeProvider = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        TimeProvider = timeProvider ?? TimeProvider.System;
        BoundedChannelOptions options = new(capacity)
        {
            FullMode = overflow == AuditOverflow.DropOldest ? BoundedChannelFullMode.DropOldest : BoundedChannelFullMode.DropWrite,
            AllowSynchronousContinuations = false,
        };
        _channel = Channel.CreateBounded<AuditEvent>(options, _ => Interlocked.Increment(ref _dropped));
    }

    /// <inheritdoc/>
    public override TimeProvider TimeProvider { get; }

    /// <summary>Where events are read, by one reader or several that share them.</summary>
    public ChannelReader<AuditEvent> Reader => _channel.Reader;

    /// <summary>How many events were dropped, those after <see cref="Complete"/> included.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <inheritdoc/>
    public override void Write(AuditEvent audited)
    {
        if (!_channel.Writer.TryWrite(audited))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Reads events as they come, until <see cref="Complete"/> and the last one.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The events.</returns>
    public IAsyncEnumerable<AuditEvent> ReadAllAsync(CancellationToken cancellationToken = default) => _channel.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Takes no more events; the reader ends when it has read those there are.</summary>
    public void Complete() => _channel.Writer.TryComplete();
}
