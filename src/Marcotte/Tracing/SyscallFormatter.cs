using System.Globalization;
using System.Text;
using Marcotte.Core;

namespace Marcotte;

/// <summary>Writes a host call as strace(1) does.</summary>
internal static class SyscallFormatter
{
    private const int LongestText = 64;

    internal static string Format(in SyscallEvent call, bool duration)
    {
        StringBuilder line = new();
        line.Append(call.Syscall.Name).Append('(');
        AppendArguments(line, in call);
        line.Append(')');
        AppendResult(line, in call);
        return duration ? line.Append(CultureInfo.InvariantCulture, $" <{Elapsed(call.Elapsed)}>").ToString() : line.ToString();
    }

    internal static string Elapsed(TimeSpan elapsed) => elapsed switch
    {
        { TotalMicroseconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalNanoseconds:0} ns"),
        { TotalMilliseconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMicroseconds:0} µs"),
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.000} s"),
    };

    private static void AppendArguments(StringBuilder line, in SyscallEvent call)
    {
        int value = 0;
        bool first = true;
        foreach (SyscallParameter parameter in call.Syscall.Parameters)
        {
            int at = value;
            value += parameter.Width;
            if (parameter.Kind == ParameterKind.Out)
            {
                continue;
            }

            if (!first)
            {
                line.Append(", ");
            }

            first = false;
            AppendArgument(line, parameter, call.Arguments[at..], call.Memory);
        }
    }

    private static void AppendArgument(StringBuilder line, SyscallParameter parameter, ReadOnlySpan<ulong> values, GuestMemory memory)
    {
        switch (parameter.Kind)
        {
            case ParameterKind.Signed or ParameterKind.Descriptor:
                line.Append(CultureInfo.InvariantCulture, $"{(parameter.Size == 8 ? (long)values[0] : (int)values[0])}");
                break;
            case ParameterKind.Float:
                line.Append(CultureInfo.InvariantCulture, $"{(parameter.Size == 8 ? BitConverter.UInt64BitsToDouble(values[0]) : BitConverter.UInt32BitsToSingle((uint)values[0]))}");
                break;
            case ParameterKind.Enum:
                line.Append(EnumNames.Format(parameter.Enum!, values[0]));
                break;
            case ParameterKind.Pointer:
                line.Append(CultureInfo.InvariantCulture, $"0x{(uint)values[0]:x}");
                break;
            case ParameterKind.Span:
                line.Append(CultureInfo.InvariantCulture, $"0x{(uint)values[0]:x}[{(uint)values[1]}]");
                break;
            case ParameterKind.Text:
                AppendText(line, (uint)values[0], (uint)values[1], memory);
                break;
            default:
                line.Append(CultureInfo.InvariantCulture, $"{values[0]}");
                break;
        }
    }

    private static void AppendText(StringBuilder line, uint address, uint length, GuestMemory memory)
    {
        if (!memory.TrySlice(address, Math.Min(length, LongestText), out Span<byte> bytes))
        {
            line.Append(CultureInfo.InvariantCulture, $"0x{address:x}[{length}]");
            return;
        }

        line.Append('"');
        foreach (char letter in Encoding.UTF8.GetString(bytes))
        {
            _ = letter switch
            {
                '"' or '\\' => line.Append('\\').Append(letter),
                '\n' => line.Append("\\n"),
                // Those of the second half too: a terminal may take one of them for the start of an escape sequence.
                _ when char.IsControl(letter) => line.Append(CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}"),
                _ => line.Append(letter),
            };
        }

        line.Append('"').Append(length > LongestText ? "…" : string.Empty);
    }

    private static void AppendResult(StringBuilder line, in SyscallEvent call)
    {
        if (call.Unwound is { } unwound)
        {
            line.Append(unwound is GuestUnwindException ? " = ?" : $" = ? ({unwound.GetType().Name}: {unwound.Message})");
        }
        else if (call.Syscall.Result == ResultKind.Value)
        {
            line.Append(CultureInfo.InvariantCulture, $" = {call.Value}");
        }
        else if (call.Errno != Errno.Success)
        {
            line.Append(CultureInfo.InvariantCulture, $" = -1 {call.Errno.ToName()}");
        }
        else
        {
            AppendOut(line, in call);
        }
    }

    // What the call put where the guest wanted a number; structures are left out.
    private static void AppendOut(StringBuilder line, in SyscallEvent call)
    {
        int value = 0;
        string separator = " = ";
        bool any = false;
        foreach (SyscallParameter parameter in call.Syscall.Parameters)
        {
            if (parameter.Kind == ParameterKind.Out && parameter.Size is 1 or 2 or 4 or 8
                && call.Memory.TrySlice((uint)call.Arguments[value], (uint)parameter.Size, out Span<byte> bytes))
            {
                ulong number = 0;
                for (int i = bytes.Length - 1; i >= 0; i--)
                {
                    number = (number << 8) | bytes[i];
                }

                line.Append(separator).Append(number);
                separator = ", ";
                any = true;
            }

            value += parameter.Width;
        }

        if (!any)
        {
            line.Append(" = 0");
        }
    }
}
