using System.Text;
using Marcotte.Abi.Modules;
using Wasmtime;

namespace Marcotte.Abi;

/// <summary>What the instances of a module keep, and how much of it one of them can take after another in.</summary>
/// <param name="MutableGlobals">The exports by which mutable globals are found: all that are numbers, where the module was made to say so.</param>
/// <param name="IsWhole">Whether nothing else than these and the memory tells one instance from another.</param>
/// <param name="HasMemories">Whether there are more memories than one, of which only one would be copied.</param>
/// <param name="AddedBytes">Bytes that its code lies further behind than in the module that its author has.</param>
internal sealed record ModuleState(IReadOnlyList<byte[]> MutableGlobals, bool IsWhole, bool HasMemories, uint AddedBytes)
{
    internal static ModuleState Of(Module module)
    {
        List<byte[]> added = [];
        List<byte[]> exported = [];
        AddedExport told = default;
        foreach (GlobalExport export in module.Exports.OfType<GlobalExport>().Where(IsMutableNumber))
        {
            bool isAdded = AddedExport.TryParse(export.Name, out AddedExport parsed);
            told = isAdded ? parsed : told;
            (isAdded ? added : exported).Add(Encoding.UTF8.GetBytes(export.Name));
        }

        return added.Count > 0
            ? new ModuleState(added, !told.KeepsMore, told.HasMemories, told.AddedBytes)
            : new ModuleState(exported, IsWhole: false, HasMemories: false, AddedBytes: 0);
    }

    private static bool IsMutableNumber(GlobalExport export) =>
        export.Mutability == Mutability.Mutable
        && export.Kind is (ValueKind.Int32 or ValueKind.Int64 or ValueKind.Float32 or ValueKind.Float64 or ValueKind.V128);
}
