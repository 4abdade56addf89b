namespace Marcotte.Core;

/// <summary>All that a policy says of one call.</summary>
internal sealed class CallRules
{
    private readonly Syscall _syscall;
    private readonly SyscallDecision _byName;
    private readonly CallRule[] _byDescriptor;
    private readonly int[] _descriptors;

    /// <param name="syscall">The call.</param>
    /// <param name="byName">What its name decides; null when nothing is said of it.</param>
    /// <param name="byDescriptor">What descriptors may decide, the strictest first.</param>
    public CallRules(Syscall syscall, CallRule? byName, CallRule[] byDescriptor)
    {
        _syscall = syscall;
        _byName = byName?.DecideOn(syscall, byName) ?? SyscallDecision.Allow;
        _descriptors = _byName.IsRefused ? [] : DescriptorsOf(syscall);
        _byDescriptor = _descriptors.Length == 0 ? [] : byDescriptor;
    }

    /// <summary>Where among a call's values its descriptors are.</summary>
    public static int[] DescriptorsOf(Syscall syscall)
    {
        List<int> places = [];
        int place = 0;
        foreach (SyscallParameter parameter in syscall.Parameters)
        {
            if (parameter.Kind == ParameterKind.Descriptor)
            {
                places.Add(place);
            }

            place += parameter.Width;
        }

        return [.. places];
    }

    public SyscallDecision Decide(in SyscallEntry call) => _byDescriptor.Length == 0 ? _byName : DecideByDescriptor(in call);

    private SyscallDecision DecideByDescriptor(in SyscallEntry call)
    {
        foreach (CallRule rule in _byDescriptor)
        {
            foreach (int place in _descriptors)
            {
                int number = (int)call.Arguments[place];

                // What is not open is for the call to refuse.
                if (call.Thread.Process.Descriptors.TryGet(number, out Descriptor? descriptor)
                    && descriptor.File.Operations.Type is var type
                    && rule.Descriptor!.Matches(number, type))
                {
                    object mark = call.Thread.Kernel.Audit is null ? rule : new DescriptorFinding(rule, new AuditedDescriptor(number, type));
                    return rule.DecideOn(_syscall, mark);
                }
            }
        }

        return _byName;
    }
}
