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

    /// <summary>Sees every host call; null for the template's.</summary>
    public SyscallObserver? Observer { get; init; }
}
