using System.Globalization;
using System.Text;
using Marcotte.Abi;

namespace Marcotte.Fuzz.Tests;

/// <summary>
/// A program that makes random calls, all written down in it, and at its end writes all of its memory to standard output: what any call gave
/// it shows there. Unlike <see cref="FuzzedGuest"/> it needs nobody to drive it, so that the tool can run it too.
/// </summary>
internal static class FuzzedProgram
{
    private const int CallsPerScatter = 250;
    private const int ScatteredBytes = 10_240;

    /// <summary>Writes the program.</summary>
    /// <param name="imports">What it may call.</param>
    /// <param name="seed">Which program.</param>
    /// <param name="calls">How many calls it makes.</param>
    internal static string Write(IEnumerable<HostImport> imports, int seed, int calls)
    {
        // Leaving would end it early, and the last write goes to standard output.
        HostImport[] called = [.. imports.Where(import => import.Syscall.Name != "proc_exit")];
        int write = Array.FindIndex(called, import => import.Syscall is { Name: "fd_write", Module: "wasi_snapshot_preview1" });
        ArgumentSource source = new(seed);
        StringBuilder data = new();
        StringBuilder body = new();
        for (int i = 0; i < calls; i++)
        {
            if (i % CallsPerScatter == 0)
            {
                Scatter(source, data, body, i / CallsPerScatter);
            }

            int index = source.Next(called.Length);
            string arguments = string.Join(' ', source.Arguments(called[index]).Select(Constant));
            body.Append(CultureInfo.InvariantCulture, $"(drop (call $f{index} {arguments}))\n");
        }

        StringBuilder text = new("(module\n");
        foreach ((int index, HostImport import) in called.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"(import \"{import.Syscall.Module}\" \"{import.Syscall.Name}\" (func $f{index} {FuzzedGuest.Signature(import)}))\n");
        }

        // Memory is written in one piece, from its start, by a vector that lies at its end and is part of it.
        int vector = FuzzedGuest.MemoryBytes - 16;
        return text
            .Append("(memory (export \"memory\") 4 4)\n")
            .Append(data)
            .Append("(func (export \"_start\")\n").Append(body)
            .Append(CultureInfo.InvariantCulture, $"(i32.store (i32.const {vector}) (i32.const 0)) (i32.store (i32.const {vector + 4}) (i32.const {FuzzedGuest.MemoryBytes}))\n")
            .Append(CultureInfo.InvariantCulture, $"(drop (call $f{write} (i32.const 1) (i32.const {vector}) (i32.const 1) (i32.const {vector + 8})))))")
            .ToString();
    }

    private static void Scatter(ArgumentSource source, StringBuilder data, StringBuilder body, int segment)
    {
        byte[] memory = new byte[FuzzedGuest.MemoryBytes];
        source.Scatter(memory);
        data.Append(CultureInfo.InvariantCulture, $"(data $d{segment} \"");
        foreach (byte value in memory.AsSpan(0, ScatteredBytes))
        {
            data.Append(CultureInfo.InvariantCulture, $"\\{value:x2}");
        }

        data.Append("\")\n");
        body.Append(CultureInfo.InvariantCulture, $"(memory.init $d{segment} (i32.const 0) (i32.const 0) (i32.const {ScatteredBytes}))\n");
    }

    private static string Constant(object value) => value is long number
        ? string.Create(CultureInfo.InvariantCulture, $"(i64.const {number})")
        : string.Create(CultureInfo.InvariantCulture, $"(i32.const {value})");
}
