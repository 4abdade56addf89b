using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Marcotte.Abi.Generator.Tests;

/// <summary>What is said of imports that cannot be, where, and that it names the remedy.</summary>
public sealed class DiagnosticTests
{
    [TestCase("internal partial class C { }", "C", "is not static partial", "static partial class")]
    [TestCase("internal static class C { }", "C", "is not static partial", "static partial class")]
    [TestCase("file static partial class C { }", "C", "is local to its file", "remove 'file'")]
    [TestCase("internal static partial class C<T> { }", "C", "is generic", "make it non-generic")]
    public void MAR001_for_a_class_that_cannot_hold_imports(string declaration, string at, string fault, string remedy) =>
        AssertSays(GeneratorRun.Of("[Marcotte.Abi.HostImports] " + declaration), "MAR001", at, fault, remedy);

    [TestCase("internal class Outer { [Marcotte.Abi.HostImports] internal static partial class C { } }", "is inside of 'Outer', which is not partial", "declare 'Outer' partial")]
    [TestCase("internal partial class Outer<T> { [Marcotte.Abi.HostImports] internal static partial class C { } }", "inside of a generic type", "move it out")]
    public void MAR001_for_a_class_in_a_type_that_cannot_be_added_to(string source, string fault, string remedy) =>
        AssertSays(GeneratorRun.Of(source), "MAR001", "C", fault, remedy);

    [Test]
    public void MAR002_for_an_import_in_a_class_that_is_not_marked()
    {
        GeneratorRun run = GeneratorRun.Of("""
            using Marcotte.Abi;
            using Marcotte.Core;

            internal static partial class C
            {
                [HostImport("acme", "a"), HostImport("acme", "b")]
                internal static void Call(GuestThread thread) { }
            }
            """);

        AssertSays(run, "MAR002", "Call", "class 'C' is not marked", "mark the class [HostImports]");
    }

    [TestCase("internal void Call(GuestThread thread) { }", "is not static", "make it static")]
    [TestCase("internal static void Call<T>(GuestThread thread) { }", "is generic", "make it non-generic")]
    [TestCase("internal static async void Call(GuestThread thread) { await Task.Yield(); }", "is async", "the thread's Waiter")]
    [TestCase("[System.Runtime.InteropServices.UnmanagedCallersOnly] internal static void Call(GuestThread thread) { }", "is [UnmanagedCallersOnly]", "remove that attribute")]
    public void MAR003_for_a_method_that_cannot_be_called(string method, string fault, string remedy) =>
        AssertSays(GeneratorRun.Of(Snippets.Class("""[HostImport("acme", "call")] """ + method)), "MAR003", "Call", fault, remedy);

    [Test]
    public void MAR003_for_a_local_function() => AssertSays(
        GeneratorRun.Of(Snippets.Class("""
            internal static void Outer()
            {
                Call(null!);
                [HostImport("acme", "call")] static void Call(GuestThread thread) { }
            }
            """)),
        "MAR003",
        "Call",
        "is a local function",
        "make it an ordinary static method");

    [TestCase("")]
    [TestCase("uint fd")]
    [TestCase("GuestMemory memory, GuestThread thread")]
    public void MAR004_for_a_method_without_the_thread_first(string parameters) => AssertSays(
        GeneratorRun.Of(Snippets.Class($$"""[HostImport("acme", "call")] internal static void Call({{parameters}}) { }""")),
        "MAR004",
        "Call",
        "'Call' does not take the calling thread",
        "make 'GuestThread' its first parameter");

    [TestCase("Small value", "Small", "use an enum over int, uint, long or ulong")]
    [TestCase("Tiny value", "Tiny", "use an enum over int, uint, long or ulong")]
    [TestCase("Errno value", "Errno", "use an enum over int, uint, long or ulong")]
    [TestCase("bool value", "bool", "take int or uint")]
    [TestCase("byte value", "byte", "take int or uint")]
    [TestCase("short value", "short", "take int or uint")]
    [TestCase("string value", "string", "take a GuestText")]
    [TestCase("nint value", "nint", "take a GuestPtr<T>")]
    [TestCase("int fd, GuestMemory value", "GuestMemory", "move it there")]
    [TestCase("GuestThread value", "GuestThread", "remove this one")]
    [TestCase("decimal value", "decimal", "take int, uint, long")]
    [TestCase("int? value", "int?", "take int, uint, long")]
    [TestCase("ReadOnlySpan<byte> value", "ReadOnlySpan<byte>", "take int, uint, long")]
    [TestCase("[GuestDescriptor] uint value", "uint", "take int or remove [GuestDescriptor]")]
    public void MAR005_for_a_type_that_a_guest_cannot_pass(string parameters, string type, string remedy) => AssertSays(
        GeneratorRun.Of(Snippets.Parameters(parameters, "internal enum Small : byte { None } internal enum Tiny : short { None }")),
        "MAR005",
        "value",
        $"of type '{type}'",
        remedy);

    [TestCase("ref int value", "ref")]
    [TestCase("in int value", "in")]
    [TestCase("out int value", "out")]
    [TestCase("ref readonly int value", "ref readonly")]
    [TestCase("in GuestMemory value", "in")]
    public void MAR006_for_a_parameter_by_reference(string parameter, string keyword) => AssertSays(
        GeneratorRun.Of(Snippets.Class($$"""[HostImport("acme", "call")] internal static void Call(GuestThread thread, {{parameter}}) => throw new NotSupportedException();""")),
        "MAR006",
        "value",
        $"passed by '{keyword}'",
        "a 'GuestOut<T>' for what is written");

    [TestCase("bool", "bool")]
    [TestCase("Task<int>", "Task<int>")]
    [TestCase("(int, int)", "(int, int)")]
    [TestCase("ref int", "int")]
    [TestCase("Signed32", "Signed32")]
    public void MAR007_for_a_type_that_a_guest_cannot_take(string type, string shown) => AssertSays(
        GeneratorRun.Of(Snippets.Class($$"""[HostImport("acme", "call")] internal static {{type}} Call(GuestThread thread) => throw new NotSupportedException();""", others: "internal enum Signed32 { None }")),
        "MAR007",
        "Call",
        $"returns '{shown}'",
        "through a 'GuestOut<T>'");

    [Test]
    public void MAR008_for_an_import_offered_twice()
    {
        GeneratorRun run = GeneratorRun.Of(Snippets.Class("""
            [HostImport("acme", "call")] static void First(GuestThread thread) { }
            [HostImport("acme", "call")] static void Second(GuestThread thread) { }
            [HostImport("acme", "Call")] static void Third(GuestThread thread) { }
            """));

        AssertSays(run, "MAR008", """HostImport("acme", "call")""", "offered by method 'First' already", "remove one of the two");
        Assert.That(run.Imports().Select(i => i.Syscall.Name), Is.EqualTo(["call", "Call"]));
    }

    [TestCase("""HostImport("", "call")""", "module")]
    [TestCase("""HostImport("acme", " ")""", "name")]
    [TestCase("""HostImport("acme", null!)""", "name")]
    public void MAR009_for_an_import_without_a_name(string attribute, string what) => AssertSays(
        GeneratorRun.Of(Snippets.Class($$"""[{{attribute}}] static void Call(GuestThread thread) { }""")),
        "MAR009",
        attribute,
        $"has an empty {what}",
        $"write the {what} that guests import");

    [TestCase("")]
    [TestCase("public static long Encode(Errno errno) => 0;")]
    [TestCase("public static int Encode(int errno) => 0;")]
    [TestCase("public static int Encode(in Errno errno) => 0;")]
    [TestCase("public int Encode(Errno errno) => 0;")]
    [TestCase("private static int Encode(Errno errno) => 0;")]
    [TestCase("public static int Encode<T>(Errno errno) => 0;")]
    public void MAR010_for_an_encoder_that_cannot_encode(string member) => AssertSays(
        GeneratorRun.Of(Snippets.Class("", "(ErrnoEncoder = typeof(Encoder))", $$"""internal sealed class Encoder { {{member}} }""")),
        "MAR010",
        "HostImports(ErrnoEncoder = typeof(Encoder))",
        "ErrnoEncoder 'Encoder' of class 'Calls'",
        "static int Encode(Errno)");

    [Test]
    public void MAR011_warns_of_a_need_that_is_no_contract()
    {
        GeneratorRun run = GeneratorRun.Of(Snippets.Class(
            """[HostImport("acme", "call", Needs = typeof(Plain))] static void Call(GuestThread thread) { }""",
            others: "internal sealed class Plain;"));

        AssertSays(run, "MAR011", """HostImport("acme", "call", Needs = typeof(Plain))""", "'Plain', which host import 'call' needs", "mark it [LayerContract]");
        Assert.That(run.Imports().Single().Syscall.Needs?.Name, Is.EqualTo("Plain"));
    }

    [Test]
    public void A_contract_of_a_strangers_own_is_needed_without_a_warning()
    {
        GeneratorRun run = GeneratorRun.Of(Snippets.Class(
            """[HostImport("acme", "call", Needs = typeof(Store<>))] static void Call(GuestThread thread) { }""",
            others: """
                [LayerContract("a store", "UseStore", "Acme.Store")] internal abstract class Base;
                internal abstract class Store<T> : Base;
                """));

        Assert.That(run.Diagnostics, Is.Empty);
        Assert.That(run.Imports().Single().Syscall.Needs?.Name, Is.EqualTo("Store`1"));
    }

    [Test]
    public void MAR012_when_unsafe_code_is_off() => AssertSays(
        GeneratorRun.Of(GeneratorRun.Compile(Snippets.Class(""), allowUnsafe: false)),
        "MAR012",
        "Calls",
        "thunks are unsafe code",
        "<AllowUnsafeBlocks>true</AllowUnsafeBlocks>");

    [TestCase("internal static int HostImports => 0;", "HostImports")]
    [TestCase("internal static void HostImportThunks() { }", "HostImportThunks")]
    public void MAR013_for_a_name_that_is_taken(string member, string name) =>
        AssertSays(GeneratorRun.Of(Snippets.Class(member)), "MAR013", name, $"has a member '{name}'", "rename it");

    [Test]
    public void All_that_is_wrong_is_said_at_once_and_the_rest_is_made()
    {
        GeneratorRun run = GeneratorRun.Of(Snippets.Class("""
            [HostImport("acme", "bad")] static bool Bad(GuestThread thread, bool a, ref int b, string c) => false;
            [HostImport("acme", "good")] static void Good(GuestThread thread) { }
            """));

        Assert.That(run.Diagnostics.Select(d => d.Id), Is.EquivalentTo(["MAR005", "MAR005", "MAR006", "MAR007"]));
        Assert.That(run.Imports().Select(i => i.Syscall.Name), Is.EqualTo(["good"]));
    }

    [Test]
    public void Of_unknown_names_the_compiler_alone_speaks() => Assert.That(
        GeneratorRun.Of(Snippets.Class(
            """[HostImport("acme", "call", Needs = typeof(What))] static Who Call(GuestThread thread, Where a, GuestPtr<Why> b) => default;""",
            "(ErrnoEncoder = typeof(How))")).Diagnostics,
        Is.Empty);

    [Test]
    public void A_class_marked_twice_is_left_to_the_compiler() => Assert.That(
        GeneratorRun.Of(Snippets.Class("", others: "[HostImports] internal static partial class Calls { }")).Result.Exception,
        Is.Null);

    private static void AssertSays(GeneratorRun run, string id, string at, params string[] words)
    {
        Assert.That(run.Diagnostics.Select(d => d.Id), Is.EqualTo([id]));
        Diagnostic diagnostic = run.Diagnostics.Single();
        string text = run.Output.SyntaxTrees.First().ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);
        string message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Is.EqualTo(at));
            Assert.That(diagnostic.Location.GetLineSpan().Path, Is.EqualTo("Snippet.cs"));
            Assert.That(diagnostic.DefaultSeverity, Is.EqualTo(id == "MAR011" ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error));
            foreach (string word in words)
            {
                Assert.That(message, Does.Contain(word));
            }
        }
    }
}
