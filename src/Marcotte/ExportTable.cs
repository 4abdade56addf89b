using System.Text;
using Marcotte.Abi;
using Wasmtime;

namespace Marcotte;

/// <summary>The functions that a module exports and their types, read once.</summary>
internal sealed class ExportTable
{
    private readonly Dictionary<string, ExportedFunction> _functions = [];

    internal ExportTable(Module module)
    {
        foreach (FunctionExport export in module.Exports.OfType<FunctionExport>())
        {
            _functions[export.Name] = new ExportedFunction(Encoding.UTF8.GetBytes(export.Name), [.. export.Parameters], [.. export.Results]);
        }

        IsReactor = !_functions.ContainsKey("_start");
        HasInitializer = _functions.ContainsKey("_initialize");
    }

    /// <summary>Whether the module is called function by function rather than run.</summary>
    internal bool IsReactor { get; }

    internal bool HasInitializer { get; }

    internal ExportedFunction Get(string name) => _functions.TryGetValue(name, out ExportedFunction? function)
        ? function
        : throw new MissingMethodException($"The module exports no function '{name}'; it exports {(_functions.Count == 0 ? "none" : string.Join(", ", _functions.Keys))}.");
}

/// <summary>An exported function.</summary>
internal sealed record ExportedFunction(byte[] Name, ValueKind[] Parameters, ValueKind[] Results)
{
    /// <summary>Puts arguments into WebAssembly's slots.</summary>
    /// <exception cref="ArgumentException">They are not what the function takes.</exception>
    internal void Encode(ReadOnlySpan<object> arguments, Span<WasmValue> values)
    {
        if (arguments.Length != Parameters.Length)
        {
            throw new ArgumentException($"'{Encoding.UTF8.GetString(Name)}' takes {Parameters.Length} arguments, not {arguments.Length}.", nameof(arguments));
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            values[i] = (Parameters[i], arguments[i]) switch
            {
                (ValueKind.Int32, int value) => new WasmValue { I32 = value },
                (ValueKind.Int32, uint value) => new WasmValue { U32 = value },
                (ValueKind.Int64, long value) => new WasmValue { I64 = value },
                (ValueKind.Int64, ulong value) => new WasmValue { U64 = value },
                (ValueKind.Int64, int value) => new WasmValue { I64 = value },
                (ValueKind.Float32, float value) => new WasmValue { F32 = value },
                (ValueKind.Float64, double value) => new WasmValue { F64 = value },
                _ => throw new ArgumentException(
                    $"Argument {i} of '{Encoding.UTF8.GetString(Name)}' is {Parameters[i]}, which {arguments[i]?.GetType().Name ?? "null"} does not fit.", nameof(arguments)),
            };
        }
    }

    internal object[] Decode(ReadOnlySpan<WasmValue> values)
    {
        object[] results = new object[Results.Length];
        for (int i = 0; i < results.Length; i++)
        {
            WasmValue value = values[i];
            results[i] = Results[i] switch
            {
                ValueKind.Int32 => (object)value.I32,
                ValueKind.Int64 => value.I64,
                ValueKind.Float32 => value.F32,
                ValueKind.Float64 => value.F64,
                ValueKind other => throw new NotSupportedException($"'{Encoding.UTF8.GetString(Name)}' returns {other}; only numbers can be returned to the host."),
            };
        }

        return results;
    }
}
