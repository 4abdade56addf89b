using System.Globalization;

namespace Marcotte.Benchmarks.Rows;

/// <summary>What a row is to reach; null where nothing is asked.</summary>
internal sealed record Target
{
    /// <summary>Nothing.</summary>
    public static Target None { get; } = new();

    /// <summary>At most so many times the empty import.</summary>
    public double? Floor { get; init; }

    /// <summary>At most so many times Wasmtime's built-in WASI.</summary>
    public double? Builtin { get; init; }

    /// <summary>At most so many times the kernel.</summary>
    public double? Native { get; init; }

    /// <summary>At most so many times the row that it is held against (<see cref="Row.HeldAgainst"/>).</summary>
    public double? OtherRow { get; init; }

    /// <summary>At most so many nanoseconds.</summary>
    public double? Nanoseconds { get; init; }

    /// <summary>At most so many bytes for each operation.</summary>
    public double? Bytes { get; init; }

    /// <summary>Holds a result against it.</summary>
    /// <param name="result">The result.</param>
    /// <param name="other">Of the row that <see cref="OtherRow"/> means.</param>
    /// <returns>True when all that is asked is reached; null when nothing is asked, or nothing that could be measured.</returns>
    public bool? IsReached(RowResult result, RowResult? other)
    {
        bool?[] parts =
        [
            Within(result.Nanoseconds / result.FloorNanoseconds, Floor),
            Within(result.Nanoseconds / result.BuiltinNanoseconds, Builtin),
            Within(result.Nanoseconds / result.NativeNanoseconds, Native),
            Within(result.Nanoseconds / other?.Nanoseconds, OtherRow),
            Within(result.Nanoseconds, Nanoseconds),
            Within(result.AllocatedBytes, Bytes),
        ];
        return parts.Any(part => part is not null) ? parts.All(part => part is not false) : null;
    }

    /// <summary>What is asked, in words.</summary>
    /// <param name="heldAgainst">The row that <see cref="OtherRow"/> means.</param>
    /// <returns>The words; empty when nothing is asked.</returns>
    public string Tell(string? heldAgainst)
    {
        IEnumerable<string?> parts =
        [
            Say(Floor, "× floor"),
            Say(Builtin, "× built-in"),
            Say(Native, "× native"),
            Say(OtherRow, $"× {heldAgainst}"),
            Say(Nanoseconds / 1000, " µs"),
            Bytes is >= 1024 ? Say(Bytes / 1024, " KiB") : Bytes is 0 ? "0 B" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static bool? Within(double? value, double? limit) => value is null || limit is null ? null : value <= limit;

    private static string? Say(double? limit, string unit) =>
        limit is { } number ? string.Create(CultureInfo.InvariantCulture, $"≤ {number:0.##}{unit}") : null;
}
