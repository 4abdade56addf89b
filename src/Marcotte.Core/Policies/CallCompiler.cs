namespace Marcotte.Core;

/// <summary>Turns rules into what they say of each call of a surface.</summary>
/// <param name="rules">The rules.</param>
/// <param name="allowed">What is allowed, when not all is; empty for all.</param>
internal sealed class CallCompiler(CallRule[] rules, CallPattern[] allowed)
{
    /// <exception cref="ArgumentException">A pattern matches no call.</exception>
    /// <exception cref="InvalidOperationException">Rules contradict each other, or ask for what cannot be.</exception>
    public List<KeyValuePair<Syscall, CallRules>> Compile(IReadOnlyList<Syscall> surface)
    {
        foreach (CallPattern pattern in rules.Select(rule => rule.Pattern).Concat(allowed))
        {
            pattern.Require(surface);
        }

        RequireDescriptors(surface);
        List<KeyValuePair<Syscall, CallRules>> compiled = [];
        foreach (Syscall syscall in surface)
        {
            CallRule[] matching = [.. rules.Where(rule => rule.Pattern.Matches(syscall))];
            CallRule? byName = ByName(syscall, [.. matching.Where(rule => rule.Descriptor is null)]);
            CallRule[] byDescriptor = [.. matching.Where(rule => rule.Descriptor is not null).OrderByDescending(rule => rule.Verb).ThenBy(rule => rule.Errno)];
            if (byName is not null || (byDescriptor.Length > 0 && CallRules.DescriptorsOf(syscall).Length > 0))
            {
                compiled.Add(KeyValuePair.Create(syscall, new CallRules(syscall, byName, byDescriptor)));
            }
        }

        return compiled;
    }

    private CallRule? ByName(Syscall syscall, CallRule[] matching)
    {
        if (matching.FirstOrDefault(rule => rule.Verb == RuleVerb.Kill) is { } kill)
        {
            return kill;
        }

        CallRule[] denials = [.. matching.Where(rule => rule.Verb == RuleVerb.Deny)];
        if (denials.Length > 0)
        {
            return Strictest(syscall, denials);
        }

        return allowed.Length > 0 && !allowed.Any(pattern => pattern.Matches(syscall))
            ? CallRule.Unlisted
            : matching.FirstOrDefault();
    }

    private static CallRule Strictest(Syscall syscall, CallRule[] denials)
    {
        CallRule[] exact = [.. denials.Where(rule => rule.Pattern.IsExact)];
        CallRule[] counting = exact.Length > 0 ? exact : denials;
        if (counting.FirstOrDefault(rule => rule.Errno != counting[0].Errno) is { } other)
        {
            throw new InvalidOperationException(
                $"The policy denies {syscall.Name} with {counting[0].Errno.ToName()} (\"{counting[0].Pattern}\") and with {other.Errno.ToName()} (\"{other.Pattern}\"); let one of them go, or deny {syscall.Name} by its name.");
        }

        return exact.Length > 0 && syscall.Result != ResultKind.Errno
            ? throw new InvalidOperationException($"The policy denies {syscall.Name}, which answers no errno; use Kill(\"{syscall.Name}\") to end a guest that calls it.")
            : counting[0];
    }

    /// <summary>A rule on descriptors of calls that take none would be a rule that is not there.</summary>
    private void RequireDescriptors(IReadOnlyList<Syscall> surface)
    {
        foreach (CallRule rule in rules)
        {
            if (rule.Descriptor is not null && !surface.Any(syscall => rule.Pattern.Matches(syscall) && CallRules.DescriptorsOf(syscall).Length > 0))
            {
                throw new ArgumentException(
                    $"The policy's rule \"{rule.Text}\" means no call of the box's surface: of those that match \"{rule.Pattern}\" none takes a descriptor.");
            }
        }
    }
}
