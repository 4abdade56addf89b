using Marcotte.Core;

namespace Marcotte;

/// <summary>What one box has of its own, beside what its template gives to all.</summary>
public sealed record BoxStart
{
    /// <summary>Arguments, without the program's own name; null for the template's.</summary>
    public IReadOnlyList<string>? Arguments { get; init; }

    /// <summary>Variables beside the template's, or with other values than there.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    /// <summary>Standard input; null for the template's.</summary>
    public StandardInput? Input { get; init; }

    /// <summary>Standard output; null for the template's.</summary>
    public StandardOutput? Output { get; init; }

    /// <summary>Standard error; null for the template's.</summary>
    public StandardOutput? Error { get; init; }

    /// <summary>
    /// Has the first process on a terminal with this window: its descriptors 0, 1 and 2 are the terminal, which controls the session that it leads.
    /// The host types and sees at <see cref="Box.Terminal"/>. Takes the place of the three streams; null for none.
    /// </summary>
    public WindowSize? Terminal { get; init; }

    /// <summary>Sees every host call; null for the template's. A policy of the template's goes on to hold.</summary>
    public SyscallObserver? Observer { get; init; }

    /// <summary>
    /// Rules of this box alone, beside the template's, which they cannot loosen: on calls, by name and by descriptor. They are
    /// checked and compiled when the box is made, some microseconds a rule. Null for none.
    /// </summary>
    public Action<PolicyOptions>? Policy { get; init; }

    /// <summary>Takes what the policy's rules find; null for the template's.</summary>
    public AuditSink? Audit { get; init; }

    /// <summary>What the host calls the box, as in audits; null when it has no name.</summary>
    public string? Name { get; init; }
}
