using System.Runtime.InteropServices;

namespace Marcotte.Abi.Interop;

/// <summary>The part of Wasmtime's C API that its .NET package does not expose, or not without cost.</summary>
/// <remarks>
/// What only reads a field suppresses the GC transition: it neither blocks nor calls back. All else may run for long.
/// </remarks>
internal static unsafe partial class LibWasmtime
{
    private const string Library = "wasmtime";

    // Called on every host call.
    [LibraryImport(Library, EntryPoint = "wasmtime_caller_context")]
    [SuppressGCTransition]
    internal static partial nint CallerContext(nint caller);

    [LibraryImport(Library, EntryPoint = "wasmtime_context_get_data")]
    [SuppressGCTransition]
    internal static partial nint ContextGetData(nint context);

    // Guest memory.
    [LibraryImport(Library, EntryPoint = "wasmtime_memory_data")]
    [SuppressGCTransition]
    internal static partial byte* MemoryData(nint context, NativeMemory* memory);

    [LibraryImport(Library, EntryPoint = "wasmtime_memory_data_size")]
    [SuppressGCTransition]
    internal static partial nuint MemoryDataSize(nint context, NativeMemory* memory);

    [LibraryImport(Library, EntryPoint = "wasmtime_sharedmemory_data")]
    internal static partial byte* SharedMemoryData(nint memory);

    [LibraryImport(Library, EntryPoint = "wasmtime_sharedmemory_data_size")]
    internal static partial nuint SharedMemoryDataSize(nint memory);

    [LibraryImport(Library, EntryPoint = "wasmtime_caller_export_get")]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool CallerExportGet(nint caller, byte* name, nuint length, NativeExtern* item);

    // Engines.
    [LibraryImport(Library, EntryPoint = "wasmtime_config_async_stack_size_set")]
    internal static partial void ConfigAsyncStackSizeSet(nint config, nuint bytes);

    [LibraryImport(Library, EntryPoint = "wasmtime_config_shared_memory_set")]
    internal static partial void ConfigSharedMemorySet(nint config, [MarshalAs(UnmanagedType.U1)] bool enable);

    // Stores.
    [LibraryImport(Library, EntryPoint = "wasmtime_store_new")]
    internal static partial nint StoreNew(nint engine, nint data, nint finalizer);

    [LibraryImport(Library, EntryPoint = "wasmtime_store_context")]
    internal static partial nint StoreContext(nint store);

    [LibraryImport(Library, EntryPoint = "wasmtime_store_delete")]
    internal static partial void StoreDelete(nint store);

    [LibraryImport(Library, EntryPoint = "wasmtime_store_limiter")]
    internal static partial void StoreLimiter(nint store, long memoryBytes, long tableElements, long instances, long tables, long memories);

    [LibraryImport(Library, EntryPoint = "wasmtime_store_epoch_deadline_callback")]
    internal static partial void StoreEpochDeadlineCallback(
        nint store, delegate* unmanaged[Cdecl]<nint, nint, ulong*, byte*, nint> callback, nint data, nint finalizer);

    [LibraryImport(Library, EntryPoint = "wasmtime_context_set_epoch_deadline")]
    internal static partial void ContextSetEpochDeadline(nint context, ulong ticksBeyondCurrent);

    [LibraryImport(Library, EntryPoint = "wasmtime_context_set_fuel")]
    internal static partial nint ContextSetFuel(nint context, ulong fuel);

    [LibraryImport(Library, EntryPoint = "wasmtime_context_get_fuel")]
    internal static partial nint ContextGetFuel(nint context, ulong* fuel);

    // Linking and instances.
    [LibraryImport(Library, EntryPoint = "wasmtime_linker_new")]
    internal static partial nint LinkerNew(nint engine);

    [LibraryImport(Library, EntryPoint = "wasmtime_linker_delete")]
    internal static partial void LinkerDelete(nint linker);

    [LibraryImport(Library, EntryPoint = "wasmtime_linker_define_unknown_imports_as_traps")]
    internal static partial nint LinkerDefineUnknownImportsAsTraps(nint linker, nint module);

    [LibraryImport(Library, EntryPoint = "wasmtime_linker_define_func_unchecked")]
    internal static partial nint LinkerDefineFuncUnchecked(
        nint linker, byte* module, nuint moduleLength, byte* name, nuint nameLength, nint type, nint callback, nint data, nint finalizer);

    [LibraryImport(Library, EntryPoint = "wasmtime_linker_instantiate_pre")]
    internal static partial nint LinkerInstantiatePre(nint linker, nint module, nint* instancePre);

    [LibraryImport(Library, EntryPoint = "wasmtime_instance_pre_instantiate")]
    internal static partial nint InstancePreInstantiate(nint instancePre, nint context, NativeInstance* instance, nint* trap);

    [LibraryImport(Library, EntryPoint = "wasmtime_instance_pre_delete")]
    internal static partial void InstancePreDelete(nint instancePre);

    [LibraryImport(Library, EntryPoint = "wasmtime_instance_export_get")]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool InstanceExportGet(nint context, NativeInstance* instance, byte* name, nuint length, NativeExtern* item);

    [LibraryImport(Library, EntryPoint = "wasmtime_func_call_unchecked")]
    internal static partial nint FuncCallUnchecked(nint context, NativeFunc* function, WasmValue* values, nuint count, nint* trap);

    // Function types.
    [LibraryImport(Library, EntryPoint = "wasm_valtype_new")]
    internal static partial nint ValTypeNew(byte kind);

    [LibraryImport(Library, EntryPoint = "wasm_functype_new")]
    internal static partial nint FuncTypeNew(NativeVector* parameters, NativeVector* results);

    [LibraryImport(Library, EntryPoint = "wasm_functype_delete")]
    internal static partial void FuncTypeDelete(nint type);

    [LibraryImport(Library, EntryPoint = "wasm_valtype_vec_new")]
    internal static partial void ValTypeVectorNew(NativeVector* vector, nuint count, nint* items);

    // Traps and errors.
    [LibraryImport(Library, EntryPoint = "wasmtime_trap_new")]
    internal static partial nint TrapNew(byte* message, nuint length);

    [LibraryImport(Library, EntryPoint = "wasmtime_trap_code")]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool TrapCode(nint trap, byte* code);

    [LibraryImport(Library, EntryPoint = "wasm_trap_message")]
    internal static partial void TrapMessage(nint trap, NativeVector* message);

    [LibraryImport(Library, EntryPoint = "wasm_trap_trace")]
    internal static partial void TrapTrace(nint trap, NativeVector* frames);

    [LibraryImport(Library, EntryPoint = "wasm_trap_delete")]
    internal static partial void TrapDelete(nint trap);

    [LibraryImport(Library, EntryPoint = "wasmtime_error_new")]
    internal static partial nint ErrorNew(byte* message);

    [LibraryImport(Library, EntryPoint = "wasmtime_error_message")]
    internal static partial void ErrorMessage(nint error, NativeVector* message);

    [LibraryImport(Library, EntryPoint = "wasmtime_error_wasm_trace")]
    internal static partial void ErrorTrace(nint error, NativeVector* frames);

    [LibraryImport(Library, EntryPoint = "wasmtime_error_delete")]
    internal static partial void ErrorDelete(nint error);

    [LibraryImport(Library, EntryPoint = "wasm_frame_func_index")]
    internal static partial uint FrameFunctionIndex(nint frame);

    [LibraryImport(Library, EntryPoint = "wasm_frame_module_offset")]
    internal static partial nuint FrameModuleOffset(nint frame);

    [LibraryImport(Library, EntryPoint = "wasmtime_frame_func_name")]
    internal static partial NativeVector* FrameFunctionName(nint frame);

    [LibraryImport(Library, EntryPoint = "wasmtime_frame_module_name")]
    internal static partial NativeVector* FrameModuleName(nint frame);

    [LibraryImport(Library, EntryPoint = "wasm_frame_vec_delete")]
    internal static partial void FrameVectorDelete(NativeVector* frames);

    [LibraryImport(Library, EntryPoint = "wasm_byte_vec_delete")]
    internal static partial void ByteVectorDelete(NativeVector* bytes);
}
