namespace Marcotte.Abi;

/// <summary>The places that a thread may go back to (setjmp), as many as their bytes allow.</summary>
/// <param name="limit">Bytes that they may hold together.</param>
internal sealed class Checkpoints(long limit)
{
    private readonly List<Checkpoint> _all = [];
    private ulong _last;
    private long _bytes;

    /// <summary>Keeps a place, instead of what was kept for the same buffer of the guest's.</summary>
    /// <returns>Its number; 0 when there is no room for it.</returns>
    internal ulong Keep(uint buffer, uint stackPointer, byte[] frames)
    {
        // The stack grows down: what was kept with more on it than there is now belongs to functions that have returned.
        Remove(kept => kept.Buffer == buffer || kept.StackPointer < stackPointer);
        if (_bytes + frames.Length > limit)
        {
            return 0;
        }

        _all.Add(new Checkpoint(++_last, buffer, stackPointer, frames));
        _bytes += frames.Length;
        return _last;
    }

    /// <summary>The same places, for a guest that was doubled.</summary>
    internal Checkpoints Copy()
    {
        Checkpoints copy = new(limit) { _last = _last, _bytes = _bytes };
        copy._all.AddRange(_all);
        return copy;
    }

    internal Checkpoint? Find(ulong number) => _all.Find(kept => kept.Number == number);

    private void Remove(Predicate<Checkpoint> condition)
    {
        foreach (Checkpoint kept in _all)
        {
            _bytes -= condition(kept) ? kept.Frames.Length : 0;
        }

        _all.RemoveAll(condition);
    }
}

/// <summary>A place to go back to.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Buffer">Where the guest keeps the number.</param>
/// <param name="StackPointer">The stack pointer there.</param>
/// <param name="Frames">The calls that were active.</param>
internal sealed record Checkpoint(ulong Number, uint Buffer, uint StackPointer, byte[] Frames);
