namespace Marcotte.Core;

/// <summary>Several observers as one.</summary>
/// <param name="observers">They, in the order in which they are asked and told.</param>
internal sealed class ObserverChain(SyscallObserver[] observers) : SyscallObserver
{
    public override SyscallDecision Entering(in SyscallEntry call)
    {
        // Marks are rare, so that an array for them is made only then.
        object?[]? marks = null;
        SyscallDecision joint = SyscallDecision.Allow;
        for (int i = 0; i < observers.Length; i++)
        {
            SyscallDecision decision = observers[i].Entering(in call);
            joint = joint.And(decision);
            if (decision.Mark is { } mark)
            {
                (marks ??= new object?[observers.Length])[i] = mark;
            }
        }

        return joint.WithMark(marks);
    }

    public override void Completed(in SyscallEvent call)
    {
        object?[]? marks = (object?[]?)call.Mark;
        for (int i = 0; i < observers.Length; i++)
        {
            SyscallEvent own = call with { Mark = marks?[i] };
            observers[i].Completed(in own);
        }
    }
}
