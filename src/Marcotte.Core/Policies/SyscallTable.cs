using System.Runtime.CompilerServices;

namespace Marcotte.Core;

/// <summary>What is known of some calls, found by the call's identity: a probe or two, and no allocation.</summary>
/// <typeparam name="T">What is known.</typeparam>
internal sealed class SyscallTable<T>
    where T : class
{
    private readonly Slot[] _slots;
    private readonly int _mask;

    public SyscallTable(IReadOnlyCollection<KeyValuePair<Syscall, T>> entries)
    {
        // A quarter full at most, so that most calls that are not in it meet an empty slot at once.
        _mask = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, entries.Count * 4)) - 1;
        _slots = new Slot[_mask + 1];
        foreach ((Syscall syscall, T value) in entries)
        {
            At(syscall) = new Slot(syscall, value);
        }
    }

    /// <summary>What is known of a call; null when nothing is.</summary>
    public T? Find(Syscall syscall) => At(syscall).Value;

    /// <summary>The call's slot, or the empty one where it would be.</summary>
    private ref Slot At(Syscall syscall)
    {
        Slot[] slots = _slots;
        for (int i = RuntimeHelpers.GetHashCode(syscall) & _mask; ; i = (i + 1) & _mask)
        {
            ref Slot slot = ref slots[i];
            if (ReferenceEquals(slot.Key, syscall) || slot.Key is null)
            {
                return ref slot;
            }
        }
    }

    private readonly record struct Slot(Syscall? Key, T? Value);
}
