using System.Text;

namespace Marcotte.Guests.Tests;

/// <summary>That headers are read as tests/guests/README.md says.</summary>
internal sealed class HeaderParserTests
{
    [Test]
    public void Texts_hold_any_bytes_and_words_no_blanks()
    {
        byte[][] words = [.. Words.Split("""plain "two words" "" "tab\there" "q\"uote\\" "\xc3\xff€" -x""")];

        Assert.That(words.Select(Encoding.Latin1.GetString), Is.EqualTo(new[]
        {
            "plain", "two words", string.Empty, "tab\there", "q\"uote\\", "\u00c3\u00ff\u00e2\u0082\u00ac", "-x",
        }));
    }

    [Test]
    public void A_header_ends_at_the_first_line_that_is_no_comment()
    {
        GuestCase guest = Read(
            "// Says: what it does.",
            "//",
            "// preopen: /data",
            "// preopen: /ro ro",
            "// env: SPACES=two  words",
            "// stdin: \"ab\" * 3",
            "// limit: descriptors=64 bytes=4096",
            "// expect: exit=21 trap=stack-overflow",
            "// compare: builtin native",
            "#include \"guest.h\"",
            "// expect: exit=1");

        Assert.That(guest.Preopens, Is.EqualTo(new[] { new PreopenedDirectory("/data", false), new PreopenedDirectory("/ro", true) }));
        Assert.That(guest.Variables, Is.EqualTo(new[] { KeyValuePair.Create("SPACES", "two  words") }));
        Assert.That(Encoding.UTF8.GetString(guest.Input.Content), Is.EqualTo("ababab"));
        Assert.That(guest.Limits, Is.EqualTo(new CaseLimits(Descriptors: 64, Bytes: 4096)));
        Assert.That(guest.Expectations, Is.EqualTo(new[] { new Expectation(EndingKind.Exited, "21"), new Expectation(EndingKind.Trapped, "stack-overflow") }));
        Assert.That(guest.Companions, Is.EqualTo(Companions.Builtin | Companions.Native));
    }

    [TestCase("// compare: builtin")]
    [TestCase("// expect: exit")]
    [TestCase("// expect: exit=0", "// compare: else")]
    [TestCase("// expect: exit=0", "// limit: patience=3")]
    [TestCase("// expect: exit=0", "// needs: luck")]
    [TestCase("// expect: exit=0", "// after: gone data/file")]
    [TestCase("// expect: exit=0", "// stdin: \"no end")]
    public void What_cannot_be_understood_is_no_test_that_passes(params string[] header) =>
        Assert.That(() => Read(header), Throws.TypeOf<FormatException>());

    [TestCase("counter=101", 101)]
    [TestCase("add(2,-3)=-1", -1)]
    [TestCase("now>0", 1L)]
    public void Calls_of_a_reactor_name_the_result(string call, object result) => ReactorCall.Parse(call).Check(result);

    [Test]
    public void A_change_beside_what_was_granted_is_noticed()
    {
        GuestCase guest = Read("// preopen: /data", "// setup: file outside/secret \"secret\"", "// expect: exit=0");
        using HostRoot root = new(guest);
        Verdict.Untouched(root.Snapshot("/data"), GuestRoot.Plan(guest, root.Path));
        File.WriteAllText(root.Place("data/file"), "allowed");
        Verdict.Untouched(root.Snapshot("/data"), GuestRoot.Plan(guest, root.Path));

        File.WriteAllText(root.Place("outside/secret"), "SECRET");

        Assert.That(root.Snapshot("/data")["outside/secret"].Equals(GuestRoot.Plan(guest, root.Path)["outside/secret"]), Is.False);
        File.WriteAllText(root.Place("outside/made"), string.Empty);
        Assert.That(root.Snapshot("/data").Keys, Is.Not.EqualTo(GuestRoot.Plan(guest, root.Path).Keys));
    }

    private static GuestCase Read(params string[] source) =>
        HeaderParser.Guest(new GuestCase("guest", "guest.wasm"), HeaderParser.Comment(source, "//"));
}
