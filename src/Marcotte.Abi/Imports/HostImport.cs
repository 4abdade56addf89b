using Marcotte.Core;

namespace Marcotte.Abi;

/// <summary>The type of a WebAssembly value that crosses between guest and host.</summary>
public enum WasmType : byte
{
    /// <summary>A 32-bit integer.</summary>
    I32,

    /// <summary>A 64-bit integer.</summary>
    I64,

    /// <summary>A 32-bit floating-point number.</summary>
    F32,

    /// <summary>A 64-bit floating-point number.</summary>
    F64,
}

/// <summary>A host import: what it is, its WebAssembly signature, and the native code that a guest's call reaches.</summary>
/// <param name="syscall">What it is.</param>
/// <param name="parameters">What the guest passes.</param>
/// <param name="results">What it gets back: nothing or one value.</param>
/// <param name="thunk">
/// A function with Wasmtime's unchecked calling convention: <c>nint (nint environment, nint caller, WasmValue* values, nuint count)</c>.
/// </param>
public sealed class HostImport(Syscall syscall, IReadOnlyList<WasmType> parameters, IReadOnlyList<WasmType> results, nint thunk)
{
    /// <summary>What it is.</summary>
    public Syscall Syscall => syscall;

    /// <summary>What the guest passes.</summary>
    public IReadOnlyList<WasmType> Parameters => parameters;

    /// <summary>What it gets back.</summary>
    public IReadOnlyList<WasmType> Results => results;

    /// <summary>The native code.</summary>
    public nint Thunk => thunk;
}
