using System.Text;

namespace Marcotte.Core;

/// <summary>
/// Rules on host calls, sealed for one surface: decides on each call without allocating, and tells the box's
/// <see cref="Kernel.Audit"/> of those that a rule has fired for.
/// </summary>
public sealed class CallPolicy : SyscallObserver
{
    private const int LongestText = 256;
    private const int MostTexts = 4;

    private readonly SyscallTable<CallRules> _rules;

    internal CallPolicy(IReadOnlyCollection<KeyValuePair<Syscall, CallRules>> rules) => _rules = new SyscallTable<CallRules>(rules);

    /// <inheritdoc/>
    public override SyscallDecision Entering(in SyscallEntry call)
    {
        if (_rules.Find(call.Syscall) is not { } rules)
        {
            return SyscallDecision.Allow;
        }

        SyscallDecision decision = rules.Decide(in call);
        return call.Thread.Kernel.Audit is null ? decision.Quietly() : decision;
    }

    /// <inheritdoc/>
    public override void Completed(in SyscallEvent call)
    {
        if (call.Mark is not null && call.Thread.Kernel.Audit is { } sink)
        {
            sink.Write(Describe(in call, sink));
        }
    }

    private static AuditEvent Describe(in SyscallEvent call, AuditSink sink)
    {
        GuestThread thread = call.Thread;
        AuditOrigin origin = new(sink.TimeProvider.GetUtcNow(), thread.Kernel.Id, thread.Kernel.Name, thread.Process.Id, thread.Id);
        AuditedCall audited = new(call.Syscall, call.Arguments.ToArray(), Texts(in call));
        Errno? errno = call.Unwound is null ? call.Errno : null;
        return call.Mark switch
        {
            DescriptorFinding { Rule: { Verb: RuleVerb.Observe } rule } finding => new DescriptorObserved(origin, rule.Text, audited, finding.File, errno),
            DescriptorFinding finding => new DescriptorDenied(origin, finding.Rule.Text, audited, finding.File, errno),
            CallRule { Verb: RuleVerb.Observe } rule => new SyscallObserved(origin, rule.Text, audited, errno),
            CallRule rule => new SyscallDenied(origin, rule.Text, audited, errno),
            _ => throw new InvalidOperationException($"A mark of another's making came back: {call.Mark}."),
        };
    }

    private static List<string> Texts(in SyscallEvent call)
    {
        List<string> texts = [];
        int place = 0;
        foreach (SyscallParameter parameter in call.Syscall.Parameters)
        {
            if (parameter.Kind == ParameterKind.Text
                && texts.Count < MostTexts
                && call.Memory.TrySlice((uint)call.Arguments[place], Math.Min((uint)call.Arguments[place + 1], LongestText), out Span<byte> bytes))
            {
                texts.Add(Encoding.UTF8.GetString(bytes));
            }

            place += parameter.Width;
        }

        return texts;
    }
}
