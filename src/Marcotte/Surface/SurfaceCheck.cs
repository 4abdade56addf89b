using System.Reflection;
using Marcotte.Abi;
using Marcotte.Core;
using Wasmtime;
using Module = Wasmtime.Module;

namespace Marcotte;

/// <summary>How an import of a module is backed.</summary>
/// <param name="Import">The import as the module has it.</param>
/// <param name="Syscall">What answers it; null when nothing does.</param>
/// <param name="Package">The package that answers it; null when none does.</param>
/// <param name="Remedy">What would back it; null when it is backed.</param>
public sealed record ImportBacking(Import Import, Syscall? Syscall, string? Package, string? Remedy);

/// <summary>What a module asks for and offers.</summary>
/// <param name="Imports">Its imports, and how each is backed.</param>
/// <param name="Exports">Its exports.</param>
public sealed record ModuleReport(IReadOnlyList<ImportBacking> Imports, IReadOnlyList<Export> Exports);

/// <summary>Holds a module's imports against what layers offer.</summary>
internal static class SurfaceCheck
{
    internal static IReadOnlyList<ImportBacking> Check(Module module, LayerSet layers)
    {
        Dictionary<(string, string), (Syscall, AbiLayer)> offered = [];
        foreach (AbiLayer abi in layers.Abis)
        {
            foreach (HostImport import in abi.Imports)
            {
                offered[(import.Syscall.Module, import.Syscall.Name)] = (import.Syscall, abi);
            }
        }

        bool sharesMemory = GuestProgram.ImportsSharedMemory(module);
        return [.. module.Imports.Select(import => sharesMemory && import is MemoryImport
            ? new ImportBacking(import, null, typeof(GuestProgram).Assembly.GetName().Name, null)
            : Back(import, offered, layers))];
    }

    internal static IReadOnlyList<MissingImport> Missing(IReadOnlyList<ImportBacking> backings) =>
        [.. backings.Where(backing => backing.Remedy is not null)
            .Select(backing => new MissingImport(backing.Import.ModuleName, backing.Import.Name, backing.Remedy!))];

    private static ImportBacking Back(Import import, Dictionary<(string, string), (Syscall Syscall, AbiLayer Abi)> offered, LayerSet layers)
    {
        if (!offered.TryGetValue((import.ModuleName, import.Name), out (Syscall Syscall, AbiLayer Abi) found))
        {
            return new ImportBacking(import, null, null, Remedy(import, layers));
        }

        string? remedy = found.Syscall.Needs is { } contract && !layers.Contracts.Contains(contract) ? Remedy(contract) : null;
        return new ImportBacking(import, found.Syscall, found.Abi.GetType().Assembly.GetName().Name, remedy);
    }

    private static string Remedy(Type contract) => contract.GetCustomAttribute<LayerContractAttribute>() is { } layer
        ? $"needs {layer.Noun}, call {layer.Method}() (package {layer.Package})"
        : $"needs a layer that provides {contract.Name}";

    private static string Remedy(Import import, LayerSet layers) => import switch
    {
        not FunctionImport => "is no function; only functions can be imported",
        { ModuleName: "wasi_snapshot_preview1" or "wasi_unstable" } when !layers.Imports.Any(known => known.Syscall.Module == import.ModuleName)
            => "is WASI preview 1, call UseWasi() (package Marcotte.Wasi)",
        { ModuleName: "wasix_32v1" } or { ModuleName: "wasi", Name: "thread-spawn" } when !layers.Imports.Any(known => known.Syscall.Module == import.ModuleName)
            => "is WASIX, call UseWasix() (package Marcotte.Wasix)",
        _ => "no layer offers it, add one that does",
    };
}
