namespace Marcotte.Core;

/// <summary>What a rule does.</summary>
internal enum RuleVerb
{
    Observe,
    Deny,
    Kill,
}

/// <summary>A rule on calls by name, and where it has a match on descriptors too.</summary>
/// <param name="Verb">What it does.</param>
/// <param name="Pattern">The calls.</param>
/// <param name="Errno">What they answer when denied.</param>
/// <param name="Descriptor">The descriptors they are called with; null for whatever they are called with.</param>
internal sealed record CallRule(RuleVerb Verb, CallPattern Pattern, Errno Errno, DescriptorMatch? Descriptor = null)
{
    private const string AllowOnlyText = "allow only";

    /// <summary>The rule that stands for all calls that an allow-list leaves out.</summary>
    public static CallRule Unlisted { get; } = new(RuleVerb.Deny, CallPattern.Parse("*"), Errno.Perm) { Text = AllowOnlyText };

    /// <summary>What audits call it.</summary>
    public string Text { get; private init; } =
        $"{Verb.ToString().ToLowerInvariant()} {Pattern}{(Descriptor is null ? "" : $" on {Descriptor}")}";

    /// <summary>The decision on a call, which answers an errno or ends the guest.</summary>
    public SyscallDecision DecideOn(Syscall syscall, object mark) => Verb switch
    {
        RuleVerb.Observe => SyscallDecision.Observe.WithMark(mark),
        RuleVerb.Deny when syscall.Result == ResultKind.Errno => SyscallDecision.Deny(Errno, mark),
        _ => SyscallDecision.Kill(mark),
    };
}

/// <summary>A rule that has fired for a descriptor, and the descriptor: it may be another file's when the call has completed.</summary>
internal sealed record DescriptorFinding(CallRule Rule, AuditedDescriptor File);
