using System.Runtime.InteropServices;

namespace Marcotte.Abi.Interop;

/// <summary><c>wasm_byte_vec_t</c> and its like: a count and an array.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeVector
{
    public nuint Count;
    public void* Items;

    /// <summary>A copy of the bytes.</summary>
    public readonly byte[] ToBytes() => new ReadOnlySpan<byte>(Items, (int)Count).ToArray();

    /// <summary>The bytes as text.</summary>
    public readonly string ToText() => Marshal.PtrToStringUTF8((nint)Items, (int)Count).TrimEnd('\0');
}

/// <summary><c>wasmtime_instance_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeInstance
{
    private readonly ulong _store;
    private readonly nuint _private;
}

/// <summary><c>wasmtime_func_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeFunc
{
    private readonly ulong _store;
    private readonly nuint _private;
}

/// <summary><c>wasmtime_memory_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeMemory
{
    private readonly ulong _store;
    private readonly ulong _private1;
    private readonly ulong _private2;
}

/// <summary><c>wasmtime_global_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeGlobal
{
    private readonly ulong _store;
    private readonly uint _private1;
    private readonly uint _private2;
    private readonly uint _private3;
}

/// <summary><c>wasmtime_val_t</c>, of a number.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct NativeValue
{
    [FieldOffset(0)]
    public byte Kind;

    [FieldOffset(8)]
    public uint U32;

    [FieldOffset(8)]
    public ulong U64;
}

/// <summary>What an export is (<c>wasmtime_extern_kind_t</c>).</summary>
internal enum NativeExternKind : byte
{
    Function = 0,
    Global = 1,
    Table = 2,
    Memory = 3,
    SharedMemory = 4,
}

/// <summary><c>wasmtime_extern_t</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct NativeExtern
{
    [FieldOffset(0)]
    public NativeExternKind Kind;

    [FieldOffset(8)]
    public NativeFunc Function;

    [FieldOffset(8)]
    public NativeGlobal Global;

    [FieldOffset(8)]
    public NativeMemory Memory;

    [FieldOffset(8)]
    public nint SharedMemory;
}
