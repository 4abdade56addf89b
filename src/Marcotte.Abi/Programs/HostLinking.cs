using System.Text;
using Marcotte.Abi.Interop;

namespace Marcotte.Abi;

/// <summary>Defines host imports on a linker, natively.</summary>
internal static unsafe class HostLinking
{
    /// <summary>Defines imports.</summary>
    /// <param name="linker">The linker.</param>
    /// <param name="imports">The imports.</param>
    /// <param name="environment">What their thunks are told; 0 for stores whose data is the guest thread.</param>
    internal static void Define(nint linker, IEnumerable<HostImport> imports, nint environment)
    {
        foreach (HostImport import in imports)
        {
            nint type = FunctionType(import);
            byte[] module = Encoding.UTF8.GetBytes(import.Syscall.Module);
            byte[] name = Encoding.UTF8.GetBytes(import.Syscall.Name);
            fixed (byte* moduleStart = module, nameStart = name)
            {
                nint error = LibWasmtime.LinkerDefineFuncUnchecked(
                    linker, moduleStart, (nuint)module.Length, nameStart, (nuint)name.Length, type, import.Thunk, environment, 0);
                LibWasmtime.FuncTypeDelete(type);
                NativeFailure.ThrowIfFailed(error, $"Import {import.Syscall.Module}.{import.Syscall.Name} cannot be defined");
            }
        }
    }

    private static nint FunctionType(HostImport import)
    {
        NativeVector parameters = Vector(import.Parameters);
        NativeVector results = Vector(import.Results);
        return LibWasmtime.FuncTypeNew(&parameters, &results);
    }

    private static NativeVector Vector(IReadOnlyList<WasmType> types)
    {
        nint* items = stackalloc nint[types.Count];
        for (int i = 0; i < types.Count; i++)
        {
            items[i] = LibWasmtime.ValTypeNew((byte)types[i]);
        }

        NativeVector vector;
        LibWasmtime.ValTypeVectorNew(&vector, (nuint)types.Count, items);
        return vector;
    }
}
