namespace Marcotte.Core;

/// <summary>Says which descriptors a rule is about.</summary>
/// <remarks>
/// A guest chooses numbers itself, with dup and renumber, so that a rule on them means little beyond the standard streams. What
/// a call names within its memory, such as the subscriptions of a poll, is no descriptor that rules see.
/// A guest with several threads can put another file at a number between the check and the call; rules on paths have no such gap.
/// </remarks>
public sealed class DescriptorMatch
{
    private readonly ushort _types;
    private readonly int _first;
    private readonly int _last;

    private DescriptorMatch(ushort types, int first, int last)
    {
        _types = types;
        _first = first;
        _last = last;
    }

    /// <summary>Every open descriptor.</summary>
    public static DescriptorMatch Any { get; } = new(ushort.MaxValue, 0, int.MaxValue);

    /// <summary>Descriptors of files of some kinds.</summary>
    /// <param name="types">The kinds.</param>
    /// <returns>The match.</returns>
    /// <exception cref="ArgumentException">There are none, or one is no kind.</exception>
    public static DescriptorMatch OfType(params ReadOnlySpan<FileType> types)
    {
        ushort mask = 0;
        foreach (FileType type in types)
        {
            mask |= Enum.IsDefined(type) ? (ushort)(1 << (int)type) : throw new ArgumentException($"{type} is no kind of file.", nameof(types));
        }

        return mask != 0
            ? new(mask, 0, int.MaxValue)
            : throw new ArgumentException("A match on no kind of file would match nothing; name at least one.", nameof(types));
    }

    /// <summary>Descriptors with one of some numbers.</summary>
    /// <param name="first">The lowest, not negative.</param>
    /// <param name="last">The highest.</param>
    /// <returns>The match.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The numbers are negative, or there is none between them.</exception>
    public static DescriptorMatch Numbered(int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        return new(ushort.MaxValue, first, last);
    }

    /// <summary>Descriptors that another match is about too.</summary>
    /// <param name="other">The other.</param>
    /// <returns>The match.</returns>
    /// <exception cref="ArgumentException">No descriptor is in both.</exception>
    public DescriptorMatch And(DescriptorMatch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        DescriptorMatch both = new((ushort)(_types & other._types), Math.Max(_first, other._first), Math.Min(_last, other._last));
        return both._types != 0 && both._first <= both._last
            ? both
            : throw new ArgumentException($"No descriptor is both {this} and {other}.", nameof(other));
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string types = _types == ushort.MaxValue ? "" : string.Join("|", Enum.GetValues<FileType>().Where(Has));
        string numbers = (_first, _last) switch
        {
            (0, int.MaxValue) => "",
            _ when _first == _last => FormattableString.Invariant($"{_first}"),
            _ => FormattableString.Invariant($"{_first}-{_last}"),
        };
        return (types, numbers) is ("", "") ? "any" : string.Join(" ", new[] { types, numbers }.Where(part => part.Length > 0));
    }

    internal bool Matches(int number, FileType type) => number >= _first && number <= _last && Has(type);

    private bool Has(FileType type) => ((_types >> (int)type) & 1) != 0;
}
