namespace Marcotte.Guests.Tests.Sdk;

/// <summary>The guests of the SDK, one for each source.</summary>
internal static class SdkGuests
{
    private static readonly Lazy<Dictionary<string, GuestCase>> Cases = new(() =>
        Directory.GetFiles(Path.Combine(Repository.Sources, "sdk"), "*.c").Select(Read).ToDictionary(guest => guest.Name));

    internal static IEnumerable<string> Names => Cases.Value.Keys.Order(StringComparer.Ordinal);

    internal static GuestCase Named(string name) => Cases.Value[name];

    private static GuestCase Read(string source)
    {
        string name = Path.GetFileNameWithoutExtension(source);
        GuestCase guest = new(name, Path.Combine(Repository.Artifacts, "sdk", name + ".wasm"))
        {
            Native = Path.Combine(Repository.Artifacts, "native", "sdk", name),
        };
        return HeaderParser.Guest(guest, HeaderParser.Comment(File.ReadLines(source), "//"));
    }
}
