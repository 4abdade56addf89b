namespace Marcotte.Abi.Generator.Tests;

/// <summary>Sources for the generator.</summary>
internal static class Snippets
{
    /// <summary>A class of imports with these members.</summary>
    public static string Class(string members, string arguments = "", string others = "") => $$"""
        using System;
        using System.Threading.Tasks;
        using Marcotte.Abi;
        using Marcotte.Core;

        namespace Snippet;

        [HostImports{{arguments}}]
        internal static partial class Calls
        {
            {{members}}
        }

        {{others}}
        """;

    /// <summary>A class with one import that takes these parameters after the thread.</summary>
    public static string Parameters(string parameters, string others = "") => Class(
        $$"""[HostImport("acme", "call")] internal static void Call(GuestThread thread, {{parameters}}) { }""",
        others: others);
}
