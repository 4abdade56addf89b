using System.Runtime.InteropServices;

namespace Marcotte.Abi;

/// <summary>A slot in which Wasmtime passes an argument and takes a result (<c>wasmtime_val_raw_t</c>).</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
public struct WasmValue
{
    [FieldOffset(0)]
    private int _i32;

    [FieldOffset(0)]
    private uint _u32;

    [FieldOffset(0)]
    private long _i64;

    [FieldOffset(0)]
    private ulong _u64;

    [FieldOffset(0)]
    private float _f32;

    [FieldOffset(0)]
    private double _f64;

    /// <summary>As a signed 32-bit integer.</summary>
    public int I32
    {
        readonly get => _i32;
        set => _i32 = value;
    }

    /// <summary>As an unsigned 32-bit integer.</summary>
    public uint U32
    {
        readonly get => _u32;
        set => _u32 = value;
    }

    /// <summary>As a signed 64-bit integer.</summary>
    public long I64
    {
        readonly get => _i64;
        set => _i64 = value;
    }

    /// <summary>As an unsigned 64-bit integer.</summary>
    public ulong U64
    {
        readonly get => _u64;
        set => _u64 = value;
    }

    /// <summary>As a 32-bit floating-point number.</summary>
    public float F32
    {
        readonly get => _f32;
        set => _f32 = value;
    }

    /// <summary>As a 64-bit floating-point number.</summary>
    public double F64
    {
        readonly get => _f64;
        set => _f64 = value;
    }
}
