namespace Marcotte.Tests;

/// <summary>Small guests in the text format.</summary>
internal static class Wat
{
    internal static GuestModule Module(string body) => GuestModule.FromText("guest", $"(module {body})");

    internal static GuestModule Program(string body) =>
        Module($"""(memory (export "memory") 1) (func $main (export "_start") {body})""");

    internal static GuestModule Reactor => Module("""(func (export "run"))""");

    internal static GuestModule Empty => Program(string.Empty);

    internal static GuestModule Spin => Program("(loop (br 0))");

    /// <summary>Takes page after page until it gets no more, then gives up.</summary>
    internal static GuestModule MemoryHog => Program(
        "(block $full (loop (br_if $full (i32.eq (memory.grow (i32.const 1)) (i32.const -1))) (br 0))) unreachable");
}
