using System.Runtime.InteropServices;

namespace Marcotte.Abi.Interop;

/// <content>Globals and memories, for guests that are doubled.</content>
internal static unsafe partial class LibWasmtime
{
    [LibraryImport(Library, EntryPoint = "wasmtime_global_get")]
    internal static partial void GlobalGet(nint context, NativeGlobal* global, NativeValue* value);

    [LibraryImport(Library, EntryPoint = "wasmtime_global_set")]
    internal static partial nint GlobalSet(nint context, NativeGlobal* global, NativeValue* value);

    [LibraryImport(Library, EntryPoint = "wasmtime_memory_grow")]
    internal static partial nint MemoryGrow(nint context, NativeMemory* memory, ulong pages, ulong* previous);
}
