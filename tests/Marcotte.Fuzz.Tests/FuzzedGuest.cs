using System.Globalization;
using System.Text;
using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Fuzz.Tests;

/// <summary>A guest that does nothing but pass calls on: for each import an export with the same parameters.</summary>
internal sealed class FuzzedGuest
{
    internal const int MemoryBytes = 4 * 65_536;

    internal FuzzedGuest(IEnumerable<HostImport> imports)
    {
        // Leaving is the one call that cannot be made a million times.
        Imports = [.. imports.Where(import => import.Syscall.Name != "proc_exit")];
        StringBuilder text = new("(module\n");
        for (int i = 0; i < Imports.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"(import \"{Imports[i].Syscall.Module}\" \"{Imports[i].Syscall.Name}\" (func $f{i} {Signature(Imports[i])}))\n");
        }

        text.Append("(memory (export \"memory\") 4 4)\n");
        for (int i = 0; i < Imports.Length; i++)
        {
            IEnumerable<string> arguments = Enumerable.Range(0, Imports[i].Parameters.Count).Select(index => $"(local.get {index})");
            text.Append(CultureInfo.InvariantCulture, $"(func (export \"f{i}\") {Signature(Imports[i])} (call $f{i} {string.Join(' ', arguments)}))\n");
        }

        Succeeded = new bool[Imports.Length];
        Module = GuestModule.FromText("fuzzed", text.Append(')').ToString());
    }

    internal HostImport[] Imports { get; }

    internal GuestModule Module { get; }

    /// <summary>Whether a call of each import has answered success.</summary>
    internal bool[] Succeeded { get; }

    internal IEnumerable<string> NeverSucceeded() => Imports
        .Where((_, index) => !Succeeded[index]).Select(import => import.Syscall.Name).Distinct();

    internal static string Signature(HostImport import) =>
        string.Join(' ', import.Parameters.Select(type => $"(param {Name(type)})").Concat(import.Results.Select(type => $"(result {Name(type)})")));

    private static string Name(WasmType type) => type.ToString().ToLowerInvariant();
}
