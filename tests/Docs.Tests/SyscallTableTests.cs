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
        StringBuilder table = new("| call | support | needs | note |\n|---|---|---|---|\n");
        foreach (IGrouping<string, HostImport> call in surface.Imports.GroupBy(import => import.Syscall.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Syscall syscall = call.First().Syscall;
            string needs = syscall.Needs?.GetCustomAttribute<LayerContractAttribute>()?.Noun ?? string.Empty;
            table.Append(CultureInfo.InvariantCulture, $"| `{call.Key}` | {syscall.Support.ToString().ToLowerInvariant()} | {needs} | {syscall.Note} |\n");
        }

        string page = Path.Combine(Pages.Docs, "syscalls.md");
        Pages.AssertBetween(page, File.ReadAllText(page).IndexOf("<!-- begin syscalls", StringComparison.Ordinal), "<!-- end syscalls", table.ToString());
    }
}
