using System.Globalization;

namespace Marcotte.Abi.Generator;

/// <summary>Writes the code that a guest's call reaches.</summary>
/// <param name="writer">Takes the lines.</param>
/// <param name="method">The method that is called.</param>
/// <param name="encoder">The type that gives the ABI's errno; null when Linux's numbers go out.</param>
/// <param name="name">What the import's members are called by.</param>
internal sealed class ThunkWriter(SourceWriter writer, ImportMethod method, string? encoder, string name)
{
    private readonly string _call = $"{method.Path}({string.Join(", ", Arguments(method))})";

    /// <summary>
    /// Writes the native function. Nothing is in it that an unobserved call does not need, so that a small method is
    /// inlined into it; and no exception leaves it, for native code is what called. The thread is looked up before the
    /// try, within which native calls cost several nanoseconds more; the look-up does not throw.
    /// </summary>
    public void WriteThunk()
    {
        writer.Line($"[{Emitted.InteropServices}UnmanagedCallersOnly(CallConvs = [typeof({Emitted.CompilerServices}CallConvCdecl)])]");
        writer.Open($"private static nint Thunk_{name}(nint environment, nint caller, {Emitted.Abi}WasmValue* values, nuint count)");
        writer.Line($"{Emitted.Core}GuestThread? thread = {Emitted.Abi}HostCall.Enter(environment, caller);");
        writer.Open("if (thread is null)");
        writer.Line($"return {Emitted.Abi}HostCall.RefuseUnattached();");
        writer.Close();
        writer.Line();
        writer.Open("try");
        writer.Open("if (thread.Observer is { } observer)");
        writer.Line($"return Observed_{name}(observer, thread, caller, values);");
        writer.Close();
        writer.Line();
        if (method.Result.Shape == ResultShape.None)
        {
            // What answers nothing may have ended the guest, which it says without throwing: that takes many microseconds.
            writer.Line($"{_call};");
            writer.Line($"return thread.Unwinding is null ? 0 : {Emitted.Abi}HostCall.Trap(thread, thread.Unwinding);");
        }
        else
        {
            writer.Line($"{method.Result.Type} result = {_call};");
            writer.Line($"values[0].{method.Result.Slot} = {Encoded()};");
        }

        if (method.Result.Shape != ResultShape.None)
        {
            writer.Line("return 0;");
        }

        writer.Close();
        writer.Open("catch (global::System.Exception exception)");
        writer.Line($"return {Emitted.Abi}HostCall.Trap(thread, exception);");
        writer.Close();
        writer.Close();
    }

    /// <summary>Writes the same call for when somebody looks.</summary>
    public void WriteObserved()
    {
        writer.Line($"[{Emitted.CompilerServices}MethodImpl({Emitted.CompilerServices}MethodImplOptions.NoInlining)]");
        writer.Open($"private static nint Observed_{name}({Emitted.Core}SyscallObserver observer, {Emitted.Core}GuestThread thread, nint caller, {Emitted.Abi}WasmValue* values)");
        WriteCopy();
        writer.Line($"{Emitted.Abi}ObservedCall call = new {Emitted.Abi}ObservedCall(observer, Syscall_{name}, thread, arguments, caller);");
        bool answers = method.Result.Shape != ResultShape.None;
        if (answers)
        {
            writer.Line($"{method.Result.Type} result;");
        }

        writer.Open("try");
        if (method.Result.Shape == ResultShape.Errno)
        {
            writer.Line("result = call.Enter();");
            writer.Open($"if (result == {Emitted.Core}Errno.Success)");
            writer.Line($"result = {_call};");
            writer.Close();
            writer.Line();
        }
        else
        {
            // Refused, it has no errno to answer: then this throws.
            writer.Line("call.Enter();");
            writer.Line(answers ? $"result = {_call};" : $"{_call};");
        }

        if (!answers)
        {
            writer.Open("if (thread.Unwinding is { } unwinding)");
            writer.Line("call.Unwind(unwinding);");
            writer.Line($"return {Emitted.Abi}HostCall.Trap(thread, unwinding);");
            writer.Close();
        }

        if (answers)
        {
            writer.Line($"values[0].{method.Result.Slot} = {Encoded()};");
        }

        writer.Close();
        writer.Open("catch (global::System.Exception exception)");
        writer.Line("call.Unwind(exception);");
        writer.Line($"return {Emitted.Abi}HostCall.Trap(thread, exception);");
        writer.Close();
        writer.Line();
        writer.Line($"call.Complete({Completed()});");
        writer.Line("return 0;");
        writer.Close();
    }

    private static IEnumerable<string> Arguments(ImportMethod method)
    {
        yield return "thread";
        if (method.TakesMemory)
        {
            yield return $"new {Emitted.Core}GuestMemory(thread.Memory, caller)";
        }

        int index = 0;
        foreach (ImportParameter parameter in method.Parameters)
        {
            string value = Value(index, parameter.Slot);
            yield return parameter.Shape switch
            {
                ArgumentShape.Number => value,
                ArgumentShape.Enum => $"({parameter.Type}){value}",
                ArgumentShape.Pointer => $"new {parameter.Type}({value})",
                _ => $"new {parameter.Type}({value}, {Value(index + 1, parameter.Slot)})",
            };
            index += parameter.Width;
        }
    }

    private static string Value(int index, string slot) => $"values[{index.ToString(CultureInfo.InvariantCulture)}].{slot}";

    // The result takes the place of the first argument, so the arguments are copied before the call.
    private void WriteCopy()
    {
        string[] slots = [.. method.Parameters.SelectMany(parameter => Enumerable.Repeat(Emitted.Bits(parameter.Slot), parameter.Width))];
        string copies = string.Join(", ", slots.Select((slot, index) => Value(index, slot)));
        writer.Line(slots.Length == 0
            ? "global::System.ReadOnlySpan<ulong> arguments = default;"
            : $"global::System.ReadOnlySpan<ulong> arguments = stackalloc ulong[] {{ {copies} }};");
    }

    private string Encoded() => method.Result.Shape switch
    {
        ResultShape.Errno when encoder is not null => $"{encoder}.Encode(result)",
        ResultShape.Errno => "(int)result",
        _ => "result",
    };

    private string Completed() => method.Result switch
    {
        { Shape: ResultShape.None } => "",
        { Shape: ResultShape.Errno } => "result",
        { Slot: "U64" } => "unchecked((long)result)",
        { Slot: "F32" } => "(long)global::System.BitConverter.SingleToUInt32Bits(result)",
        { Slot: "F64" } => "global::System.BitConverter.DoubleToInt64Bits(result)",
        _ => "(long)result",
    };
}
