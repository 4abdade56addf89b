using Marcotte.Core;

namespace Marcotte.Abi.Generator.Tests;

/// <summary>What the list of a class says of its imports, compiled under warnings as errors and loaded.</summary>
public sealed class ImportsTests
{
    private const WasmType I32 = WasmType.I32;
    private const WasmType I64 = WasmType.I64;
    private const WasmType F32 = WasmType.F32;
    private const WasmType F64 = WasmType.F64;

    [TestCase("int", ParameterKind.Signed, 4, I32)]
    [TestCase("uint", ParameterKind.Unsigned, 4, I32)]
    [TestCase("long", ParameterKind.Signed, 8, I64)]
    [TestCase("ulong", ParameterKind.Unsigned, 8, I64)]
    [TestCase("float", ParameterKind.Float, 4, F32)]
    [TestCase("double", ParameterKind.Float, 8, F64)]
    [TestCase("Flags32", ParameterKind.Enum, 4, I32)]
    [TestCase("Flags64", ParameterKind.Enum, 8, I64)]
    [TestCase("Signed32", ParameterKind.Enum, 4, I32)]
    [TestCase("Signed64", ParameterKind.Enum, 8, I64)]
    [TestCase("GuestPtr<Record>", ParameterKind.Pointer, 12, I32)]
    [TestCase("GuestOut<ulong>", ParameterKind.Out, 8, I32)]
    [TestCase("GuestSpan<Record>", ParameterKind.Span, 12, I32, I32)]
    [TestCase("GuestSpan<byte>", ParameterKind.Span, 1, I32, I32)]
    [TestCase("GuestText", ParameterKind.Text, 1, I32, I32)]
    public void A_parameter_has_its_kind_size_and_wasm_types(string type, ParameterKind kind, int size, params WasmType[] wasm)
    {
        HostImport import = GeneratorRun.Of(Snippets.Parameters($"{type} someValue", """
            internal enum Flags32 : uint { None }
            internal enum Flags64 : ulong { None }
            internal enum Signed32 { None }
            internal enum Signed64 : long { None }
            internal record struct Record(uint A, uint B, uint C);
            """)).Imports().Single();

        SyscallParameter parameter = import.Syscall.Parameters.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(parameter.Name, Is.EqualTo("some_value"));
            Assert.That(parameter.Kind, Is.EqualTo(kind));
            Assert.That(parameter.Size, Is.EqualTo(size));
            Assert.That(parameter.Enum?.Name, Is.EqualTo(kind == ParameterKind.Enum ? type : null));
            Assert.That(parameter.Width, Is.EqualTo(wasm.Length));
            Assert.That(import.Parameters, Is.EqualTo(wasm));
        }
    }

    [TestCase("int", I32)]
    [TestCase("uint", I32)]
    [TestCase("long", I64)]
    [TestCase("ulong", I64)]
    [TestCase("float", F32)]
    [TestCase("double", F64)]
    public void A_number_is_a_value(string type, WasmType wasm)
    {
        HostImport import = GeneratorRun.Of(Snippets.Class($$"""[HostImport("acme", "call")] static {{type}} Call(GuestThread thread) => 7;""")).Imports().Single();

        Assert.That(import.Syscall.Result, Is.EqualTo(ResultKind.Value));
        Assert.That(import.Results, Is.EqualTo([wasm]));
        Assert.That(import.Parameters, Is.Empty);
    }

    [Test]
    public void An_errno_is_an_i32_and_nothing_is_nothing()
    {
        IReadOnlyList<HostImport> imports = GeneratorRun.Of(Snippets.Class("""
            [HostImport("acme", "fails")] static Errno Fails(GuestThread thread) => Errno.BadF;
            [HostImport("acme", "ends")] static void Ends(GuestThread thread) { }
            """)).Imports();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(imports.Select(i => i.Syscall.Result), Is.EqualTo([ResultKind.Errno, ResultKind.None]));
            Assert.That(imports[0].Results, Is.EqualTo([I32]));
            Assert.That(imports[1].Results, Is.Empty);
        }
    }

    [Test]
    public void What_the_attribute_says_is_in_the_metadata()
    {
        IReadOnlyList<HostImport> imports = GeneratorRun.Of(Snippets.Class("""
            [HostImport("acme", "some", Support = SupportLevel.Partial, Needs = typeof(BoxClock), Note = "No \"leap\"\nseconds.")]
            [HostImport("acme_old", "none", Support = SupportLevel.Refused)]
            static void Call(GuestThread thread) { }

            [HostImport("acme", "all")]
            static void Other(GuestThread thread) { }
            """)).Imports();

        Assert.That(
            imports.Select(i => i.Syscall with { Parameters = [] }),
            Is.EqualTo(
            [
                new Syscall("acme", "some", [], ResultKind.None, SupportLevel.Partial, typeof(BoxClock), "No \"leap\"\nseconds."),
                new Syscall("acme_old", "none", [], ResultKind.None, SupportLevel.Refused, null, null),
                new Syscall("acme", "all", [], ResultKind.None, SupportLevel.Full, null, null),
            ]).Using<Syscall>((a, b) => a with { Parameters = b.Parameters } == b));
    }

    [Test]
    public void Each_import_has_a_thunk_of_its_own_though_names_clash()
    {
        IReadOnlyList<HostImport> imports = GeneratorRun.Of(Snippets.Class("""
            [HostImport("a", "b_c"), HostImport("a_b", "c"), HostImport("a-b", "c"), HostImport("é", "\u2028x")]
            static void Call(GuestThread thread) { }

            [HostImport("a", "overload")]
            static void Call(GuestThread thread, int number) { }
            """)).Imports();

        Assert.That(imports.Select(i => i.Thunk), Is.Unique);
        Assert.That(imports.Select(i => i.Syscall.Module + "/" + i.Syscall.Name), Is.EqualTo(["a/b_c", "a_b/c", "a-b/c", "é/\u2028x", "a/overload"]));
    }

    [Test]
    public void A_class_without_imports_lists_none() => Assert.That(GeneratorRun.Of(Snippets.Class("")).Imports(), Is.Empty);

    [Test]
    public void A_public_class_has_a_public_documented_list_and_an_internal_one_does_not()
    {
        GeneratorRun run = GeneratorRun.Of("""
            using Marcotte.Abi;
            using Marcotte.Core;

            /// <summary>Calls.</summary>
            [HostImports]
            public static partial class Open
            {
                [HostImport("acme", "call")]
                internal static void Call(GuestThread thread) { }
            }

            [HostImports]
            internal static partial class Shut { }
            """);

        System.Reflection.Assembly assembly = run.Load();
        Assert.That(assembly.GetType("Open")!.GetProperty("HostImports")?.GetMethod?.IsPublic, Is.True);
        Assert.That(assembly.GetType("Shut")!.GetProperty("HostImports"), Is.Null);
    }

    [Test]
    public void Nested_classes_of_all_kinds_of_types_and_names_that_are_keywords_compile()
    {
        GeneratorRun run = GeneratorRun.Of("""
            namespace @for.@class
            {
                using Marcotte.Abi;
                using Marcotte.Core;

                internal partial interface IOuter
                {
                    internal partial record struct Middle
                    {
                        internal partial record Inner
                        {
                            internal partial class Last
                            {
                                [HostImports]
                                private static partial class @static
                                {
                                    private enum @enum : uint { None }

                                    private struct Hidden { public ulong Value { get; set; } }

                                    [HostImport("acme", "call")]
                                    private static Errno @lock(GuestThread @this, GuestMemory memory, @enum @in, GuestOut<Hidden> @out) => Errno.Success;
                                }
                            }
                        }
                    }
                }
            }
            """);

        HostImport import = run.Imports("for.class.IOuter+Middle+Inner+Last+static").Single();
        Assert.That(import.Syscall.Parameters.Select(p => (p.Name, p.Size)), Is.EqualTo([("in", 4), ("out", 8)]));
        Assert.That(run.Result.GeneratedSources.Single().HintName, Is.EqualTo("for.class.IOuter.Middle.Inner.Last.static.HostImports.g.cs"));
    }

    [Test]
    public void Parts_of_a_class_are_one_list_in_source_order()
    {
        IReadOnlyList<HostImport> imports = GeneratorRun.Of(Snippets.Class(
            """[HostImport("z", "z")] static void First(GuestThread thread) { }""",
            others: """
                internal static partial class Calls
                {
                    [HostImport("a", "a")] static void Second(GuestThread thread) { }
                }
                """)).Imports();

        Assert.That(imports.Select(i => i.Syscall.Name), Is.EqualTo(["z", "a"]));
    }

    [Test]
    public void An_obsolete_method_compiles() => Assert.That(
        GeneratorRun.Of(Snippets.Class("""[Obsolete("Not by hosts."), HostImport("acme", "call")] static void Call(GuestThread thread) { }""")).Imports(),
        Has.Count.EqualTo(1));

    [TestCase("fd", "fd")]
    [TestCase("fsRightsBase", "fs_rights_base")]
    [TestCase("iovsLen", "iovs_len")]
    [TestCase("IOVecs", "io_vecs")]
    [TestCase("newFD", "new_fd")]
    [TestCase("path2Name", "path2_name")]
    [TestCase("old_fd", "old_fd")]
    [TestCase("_", "_")]
    public void Names_become_those_of_specifications(string name, string expected) => Assert.That(Names.SnakeCase(name), Is.EqualTo(expected));
}
