using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Wasi;

/// <summary>One subscription of a poll, read and checked.</summary>
internal struct Watch
{
    /// <summary>Handed back with the event.</summary>
    public ulong UserData;

    /// <summary>When it comes, for a clock.</summary>
    public Deadline Deadline;

    /// <summary>Which wait item stands for it, for a descriptor.</summary>
    public int Item;

    /// <summary>What is waited for.</summary>
    public EventType Type;

    /// <summary>What is wrong with it; it has come then.</summary>
    public Errno Error;
}
