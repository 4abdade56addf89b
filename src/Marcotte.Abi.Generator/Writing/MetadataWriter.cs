namespace Marcotte.Abi.Generator;

/// <summary>Writes what is known of imports as data.</summary>
internal static class MetadataWriter
{
    /// <summary>Writes an import's Syscall.</summary>
    /// <param name="writer">Takes the lines.</param>
    /// <param name="import">The import.</param>
    /// <param name="name">What its members are called by.</param>
    public static void WriteSyscall(SourceWriter writer, Import import, string name)
    {
        writer.Line($"private static readonly {Emitted.Core}Syscall Syscall_{name} = new {Emitted.Core}Syscall(");
        writer.Indent();
        writer.Line($"{Names.Literal(import.Module)},");
        writer.Line($"{Names.Literal(import.Name)},");
        WriteParameters(writer, import.Method.Parameters);
        writer.Line($"{Emitted.Core}ResultKind.{import.Method.Result.Shape},");
        writer.Line($"{import.Support},");
        writer.Line(import.Needs is null ? "null," : $"typeof({import.Needs}),");
        writer.Line($"{Names.Literal(import.Note)});");
        writer.Outdent();
    }

    /// <summary>Writes the list of imports.</summary>
    /// <param name="writer">Takes the lines.</param>
    /// <param name="imports">The imports, and what their members are called by.</param>
    public static void WriteList(SourceWriter writer, IReadOnlyList<(Import Import, string Name)> imports)
    {
        writer.Line($"internal static readonly {Emitted.ReadOnlyList}<{Emitted.Abi}HostImport> All =");
        writer.Line("[");
        writer.Indent();
        foreach ((Import import, string name) in imports)
        {
            IEnumerable<string> parameters = import.Method.Parameters.SelectMany(p => Enumerable.Repeat(Emitted.WasmType(p.Slot), p.Width));
            string result = import.Method.Result.Shape == ResultShape.None ? "" : Emitted.WasmType(import.Method.Result.Slot);
            writer.Line($"new {Emitted.Abi}HostImport(");
            writer.Indent();
            writer.Line($"Syscall_{name},");
            writer.Line($"[{string.Join(", ", parameters)}],");
            writer.Line($"[{result}],");
            writer.Line($"(nint)({Emitted.FunctionPointer})&Thunk_{name}),");
            writer.Outdent();
        }

        writer.Outdent();
        writer.Line("];");
    }

    private static void WriteParameters(SourceWriter writer, EquatableArray<ImportParameter> parameters)
    {
        if (parameters.Count == 0)
        {
            writer.Line("[],");
            return;
        }

        writer.Line("[");
        writer.Indent();
        foreach (ImportParameter parameter in parameters)
        {
            string enumeration = parameter.Shape == ArgumentShape.Enum ? $", typeof({parameter.Type})" : "";
            writer.Line($"new {Emitted.Core}SyscallParameter({Names.Literal(parameter.Name)}, {Emitted.Core}ParameterKind.{parameter.Kind}, {parameter.Size}{enumeration}),");
        }

        writer.Outdent();
        writer.Line("],");
    }
}
