using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>The operations by number: the high byte is the family, the low byte the operation in it.</summary>
internal static class CallTable
{
    internal const uint Version = 1;

    private static readonly Operation?[][] Families =
    [
        [Tell],
        IdentityOperations.All,
        [null, .. ChildOperations.All, .. ProgramOperations.All, MachineOperations.SysInfo],
        SignalOperations.All,
        PathOperations.All,
        DescriptorOperations.All,
        TerminalOperations.All,
    ];

    /// <summary>Finds an operation.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>Null when there is none.</returns>
    internal static Operation? Find(int number)
    {
        Operation?[][] families = Families;
        int family = number >> 8;
        int index = number & 0xFF;
        return family < families.Length && index < families[family].Length ? families[family][index] : null;
    }

    /// <summary>0x0000: the version.</summary>
    private static Errno Tell(ref Call call)
    {
        if (!call.Request.IsComplete)
        {
            return Errno.Inval;
        }

        call.Reply.UInt(Version);
        call.Reply.UInt(0);
        return Errno.Success;
    }
}
