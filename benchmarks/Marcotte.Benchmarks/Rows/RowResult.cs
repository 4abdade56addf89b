using System.Text.Json.Serialization;

namespace Marcotte.Benchmarks.Rows;

/// <summary>What was measured of a row; null where a side does not exist. Nanoseconds and bytes are of one operation.</summary>
/// <param name="Name">The row.</param>
internal sealed record RowResult([property: JsonPropertyName("name")] string Name)
{
    /// <summary>Marcotte's time.</summary>
    [JsonPropertyName("ns")]
    public double? Nanoseconds { get; init; }

    /// <summary>The time of the same loop over empty imports.</summary>
    [JsonPropertyName("floorNs")]
    public double? FloorNanoseconds { get; init; }

    /// <summary>The time of the same guest over Wasmtime's built-in WASI.</summary>
    [JsonPropertyName("builtinNs")]
    public double? BuiltinNanoseconds { get; init; }

    /// <summary>The time of the same loop in C against the kernel.</summary>
    [JsonPropertyName("nativeNs")]
    public double? NativeNanoseconds { get; init; }

    /// <summary>Managed bytes that Marcotte allocates; of an idle box, all bytes of the host that it takes.</summary>
    [JsonPropertyName("allocatedBytes")]
    public double? AllocatedBytes { get; init; }

    /// <summary>How far the median of the rounds lies above the fastest, of the side where it is farthest: 0 is no noise.</summary>
    [JsonIgnore]
    public double Noise { get; init; }
}
