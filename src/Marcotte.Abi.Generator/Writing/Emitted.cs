namespace Marcotte.Abi.Generator;

/// <summary>The names that emitted code is full of.</summary>
internal static class Emitted
{
    public const string Core = "global::" + KernelTypes.Core + ".";
    public const string Abi = "global::" + KernelTypes.Abi + ".";
    public const string InteropServices = "global::System.Runtime.InteropServices.";
    public const string CompilerServices = "global::System.Runtime.CompilerServices.";
    public const string ReadOnlyList = "global::System.Collections.Generic.IReadOnlyList";
    public const string FunctionPointer = "delegate* unmanaged[Cdecl]<nint, nint, " + Abi + "WasmValue*, nuint, nint>";

    /// <summary>The type that WebAssembly gives a member of WasmValue.</summary>
    public static string WasmType(string slot) => Abi + "WasmType." + slot switch
    {
        "I32" or "U32" => "I32",
        "I64" or "U64" => "I64",
        _ => slot,
    };

    /// <summary>The member of WasmValue that has the bits of another one.</summary>
    public static string Bits(string slot) => slot is "I32" or "U32" or "F32" ? "U32" : "U64";
}
