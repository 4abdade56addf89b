using Marcotte.Abi.Interop;
using Wasmtime;

namespace Marcotte.Abi;

/// <summary>The shared memory that a module imports: a program with threads has each of them instantiate it with the same one.</summary>
/// <param name="Module">The import's module.</param>
/// <param name="Name">The import's name.</param>
/// <param name="Minimum">Pages that it has at least.</param>
/// <param name="Maximum">Pages that it may have at most.</param>
internal sealed unsafe record SharedMemoryImport(byte[] Module, byte[] Name, ulong Minimum, ulong Maximum)
{
    private const ulong MostPages = 65_536;

    /// <summary>The import of a module; null when it imports no shared memory.</summary>
    internal static SharedMemoryImport? Of(Module module)
    {
        NativeVector imports;
        LibWasmtime.ModuleImports(NativeHandles.Of(module).DangerousGetHandle(), &imports);
        try
        {
            foreach (nint import in new ReadOnlySpan<nint>(imports.Items, (int)imports.Count))
            {
                nint type = LibWasmtime.ExternTypeAsMemoryType(LibWasmtime.ImportTypeType(import));
                if (type != 0 && LibWasmtime.MemoryTypeIsShared(type))
                {
                    ulong maximum;
                    bool bounded = LibWasmtime.MemoryTypeMaximum(type, &maximum);
                    return new SharedMemoryImport(
                        LibWasmtime.ImportTypeModule(import)->ToBytes(),
                        LibWasmtime.ImportTypeName(import)->ToBytes(),
                        LibWasmtime.MemoryTypeMinimum(type),
                        bounded ? maximum : MostPages);
                }
            }

            return null;
        }
        finally
        {
            LibWasmtime.ImportTypeVectorDelete(&imports);
            GC.KeepAlive(module);
        }
    }
}
