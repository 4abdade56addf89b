using System.Globalization;
using System.Reflection;
using System.Text;
using Marcotte;
using Marcotte.Abi;
using Marcotte.Core;

namespace Docs.Tests;

/// <summary>The table of calls is the metadata of the imports.</summary>
internal sealed class SyscallTableTests
{
    [Test]
    public void The_table_of_calls_is_the_metadata()
    {
        using HostSurface surface = new BoxBuilder().UseWasi().BuildSurface();
        Check(surface.Imports, "syscalls");
    }

    [Test]
    public void The_table_of_wasix_is_the_metadata()
    {
        using HostSurface surface = new BoxBuilder().UseWasix().BuildSurface();
        Check(surface.Imports, "wasix");
    }

    private static void Check(IReadOnlyList<HostImport> imports, string name)
    {
        StringBuilder table = new("| call | support | needs | note |\n|---|---|---|---|\n");
        foreach (IGrouping<string, HostImport> call in imports.GroupBy(import => import.Syscall.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Syscall syscall = call.First().Syscall;
            string needs = syscall.Needs?.GetCustomAttribute<LayerContractAttribute>()?.Noun ?? string.Empty;
            table.Append(CultureInfo.InvariantCulture, $"| `{call.Key}` | {syscall.Support.ToString().ToLowerInvariant()} | {needs} | {syscall.Note} |\n");
        }

        string page = Path.Combine(Pages.Docs, "syscalls.md");
        Pages.AssertBetween(page, File.ReadAllText(page).IndexOf($"<!-- begin {name} ", StringComparison.Ordinal), $"<!-- end {name} ", table.ToString());
    }
}
