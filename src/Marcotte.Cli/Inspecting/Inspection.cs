using System.Reflection;
using System.Text;
using Marcotte.Cli.Streams;
using Marcotte.Core;
using Wasmtime;

namespace Marcotte.Cli;

/// <summary>What <c>marcotte inspect</c> shows.</summary>
internal static class Inspection
{
    /// <summary>Lists a module's imports, exports and memories.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="HostMistakeException">It is no module.</exception>
    internal static int Run(string path)
    {
        GuestModule module = ModuleFile.Find(path);
        try
        {
            return ModuleFile.WithEngine(new BoxEngineOptions { Pooling = false }, cache: true, engine => Inspect(module, engine));
        }
        catch (InvalidModuleException exception)
        {
            throw new HostMistakeException(Complaint.Of(exception));
        }
    }

    private static int Inspect(GuestModule source, BoxEngine engine)
    {
        BoxBuilder builder = new BoxBuilder().WithEngine(engine).UseVfs().UseClock().UseEnv().UseProcesses().UseWasi().UseWasix();
        ModuleReport report = builder.Inspect(source);
        StringBuilder text = new();
        WriteImports(text, report.Imports);
        WriteExports(text, report.Exports);
        using Stream output = HostStreams.OpenOutput();
        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
        return report.Imports.Any(backing => backing.Remedy is not null) ? ExitCodes.Missing : 0;
    }

    private static void WriteImports(StringBuilder text, IReadOnlyList<ImportBacking> backings)
    {
        text.Append("imports").Append(backings.Count == 0 ? "  none\n" : "\n");
        if (backings.Count == 0)
        {
            return;
        }

        Table table = new("module", "name", "backed by", "support", "note");
        foreach (ImportBacking backing in backings.OrderBy(backing => backing.Import.ModuleName, StringComparer.Ordinal).ThenBy(backing => backing.Import.Name, StringComparer.Ordinal))
        {
            table.Add(
                backing.Import.ModuleName,
                backing.Import.Name,
                backing.Remedy is null ? Packages(backing) : "nothing",
                backing.Remedy is null ? Support(backing.Syscall!) : "missing",
                backing.Remedy ?? backing.Syscall!.Note ?? string.Empty);
        }

        table.WriteTo(text, indent: 2);
    }

    private static void WriteExports(StringBuilder text, IReadOnlyList<Export> exports)
    {
        text.Append("exports").Append(exports.Count == 0 ? "  none\n" : "\n");
        if (exports.Count == 0)
        {
            return;
        }

        Table table = new("kind", "name", "type");
        foreach (Export export in exports)
        {
            table.Add(Kind(export), export.Name, Describe(export));
        }

        table.WriteTo(text, indent: 2);
    }

    // The ABI decodes; the layer whose contract it calls does the work.
    private static string Packages(ImportBacking backing) =>
        backing.Syscall!.Needs?.GetCustomAttribute<LayerContractAttribute>() is { } layer ? $"{backing.Package}, {layer.Package}" : backing.Package!;

    private static string Support(Syscall syscall) => syscall.Support switch
    {
        SupportLevel.Full => "full",
        SupportLevel.Partial => "partial",
        _ => "refused",
    };

    private static string Kind(Export export) => export switch
    {
        FunctionExport => "function",
        MemoryExport => "memory",
        TableExport => "table",
        GlobalExport => "global",
        _ => "other",
    };

    private static string Describe(Export export) => export switch
    {
        FunctionExport function => $"({Types(function.Parameters)}) -> ({Types(function.Results)})",
        MemoryExport memory => $"{Pages(memory.Minimum)} to {(memory.Maximum is { } maximum ? Pages(maximum) : "its limit")}{(memory.Is64Bit ? ", 64-bit" : string.Empty)}",
        TableExport table => $"{table.Minimum} elements or more",
        GlobalExport global => $"{(global.Mutability == Mutability.Mutable ? "mutable " : string.Empty)}{Type(global.Kind)}",
        _ => string.Empty,
    };

    private static string Pages(long pages) => ByteSize.Format(pages * 65536);

    private static string Types(IEnumerable<ValueKind> kinds) => string.Join(", ", kinds.Select(Type));

    private static string Type(ValueKind kind) => kind switch
    {
        ValueKind.Int32 => "i32",
        ValueKind.Int64 => "i64",
        ValueKind.Float32 => "f32",
        ValueKind.Float64 => "f64",
        ValueKind.V128 => "v128",
        _ => kind.ToString(),
    };
}
