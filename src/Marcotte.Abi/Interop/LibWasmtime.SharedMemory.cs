using System.Runtime.InteropServices;

namespace Marcotte.Abi.Interop;

/// <content>Memories that several instances share, and the imports that ask for one.</content>
internal static unsafe partial class LibWasmtime
{
    [LibraryImport(Library, EntryPoint = "wasmtime_memorytype_new")]
    internal static partial nint MemoryTypeNew(
        ulong minimum,
        [MarshalAs(UnmanagedType.U1)] bool hasMaximum,
        ulong maximum,
        [MarshalAs(UnmanagedType.U1)] bool is64,
        [MarshalAs(UnmanagedType.U1)] bool isShared,
        byte pageSizeLog2,
        nint* type);

    [LibraryImport(Library, EntryPoint = "wasm_memorytype_delete")]
    internal static partial void MemoryTypeDelete(nint type);

    [LibraryImport(Library, EntryPoint = "wasmtime_memorytype_isshared")]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool MemoryTypeIsShared(nint type);

    [LibraryImport(Library, EntryPoint = "wasmtime_memorytype_minimum")]
    internal static partial ulong MemoryTypeMinimum(nint type);

    [LibraryImport(Library, EntryPoint = "wasmtime_memorytype_maximum")]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool MemoryTypeMaximum(nint type, ulong* maximum);

    [LibraryImport(Library, EntryPoint = "wasmtime_sharedmemory_new")]
    internal static partial nint SharedMemoryNew(nint engine, nint type, nint* memory);

    [LibraryImport(Library, EntryPoint = "wasmtime_sharedmemory_delete")]
    internal static partial void SharedMemoryDelete(nint memory);

    [LibraryImport(Library, EntryPoint = "wasmtime_sharedmemory_grow")]
    internal static partial nint SharedMemoryGrow(nint memory, ulong pages, ulong* previous);

    [LibraryImport(Library, EntryPoint = "wasmtime_linker_clone")]
    internal static partial nint LinkerClone(nint linker);

    [LibraryImport(Library, EntryPoint = "wasmtime_linker_define")]
    internal static partial nint LinkerDefine(
        nint linker, nint context, byte* module, nuint moduleLength, byte* name, nuint nameLength, NativeExtern* item);

    [LibraryImport(Library, EntryPoint = "wasmtime_module_imports")]
    internal static partial void ModuleImports(nint module, NativeVector* imports);

    [LibraryImport(Library, EntryPoint = "wasm_importtype_vec_delete")]
    internal static partial void ImportTypeVectorDelete(NativeVector* imports);

    [LibraryImport(Library, EntryPoint = "wasm_importtype_module")]
    internal static partial NativeVector* ImportTypeModule(nint import);

    [LibraryImport(Library, EntryPoint = "wasm_importtype_name")]
    internal static partial NativeVector* ImportTypeName(nint import);

    [LibraryImport(Library, EntryPoint = "wasm_importtype_type")]
    internal static partial nint ImportTypeType(nint import);

    [LibraryImport(Library, EntryPoint = "wasm_externtype_as_memorytype_const")]
    internal static partial nint ExternTypeAsMemoryType(nint type);
}
