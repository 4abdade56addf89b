namespace Marcotte.Guests.Tests;

/// <summary>The guests: one for each source, whether it is compiled or not.</summary>
internal static class GuestCases
{
    private const string WasmOnly = "// wasm-only";

    private static readonly Lazy<Dictionary<string, GuestCase>> Cases = new(() => Sources().Select(Read).ToDictionary(guest => guest.Name));

    internal static IReadOnlyCollection<GuestCase> All => Cases.Value.Values;

    internal static IEnumerable<string> Sources() =>
        Directory.GetFiles(Path.Combine(Repository.Sources, "c"), "*.c")
            .Concat(Directory.GetFiles(Path.Combine(Repository.Sources, "wat"), "*.wat"))
            .Order(StringComparer.Ordinal);

    internal static GuestCase Named(string name) => Cases.Value[name];

    private static GuestCase Read(string source)
    {
        string name = Path.GetFileNameWithoutExtension(source);
        string[] lines = File.ReadAllLines(source);
        if (source.EndsWith(".wat", StringComparison.Ordinal))
        {
            return HeaderParser.Guest(new GuestCase(name, source), HeaderParser.Comment(lines, ";;"));
        }

        GuestCase guest = new(name, Path.Combine(Repository.Artifacts, "c", name + ".wasm"))
        {
            Native = lines[0].StartsWith(WasmOnly, StringComparison.Ordinal) ? null : Path.Combine(Repository.Artifacts, "native", name),
        };
        return HeaderParser.Guest(guest, HeaderParser.Comment(lines, "//"));
    }
}
