namespace Marcotte.Guests.Tests.Shell;

/// <summary>Debian's dash, unmodified, does in a box what it does on the machine.</summary>
internal sealed class ShellTests
{
    private NativeShell _native = null!;
    private BoxShell _box = null!;

    public static IEnumerable<string> Names() => Snippet.All.Keys;

    [OneTimeSetUp]
    public void Open()
    {
        _native = new NativeShell();
        _box = new BoxShell();
    }

    [OneTimeTearDown]
    public void Close()
    {
        _native.Dispose();
        _box.Dispose();
    }

    [TestCaseSource(nameof(Names))]
    public async Task Script(string name)
    {
        Snippet snippet = Snippet.All[name];

        ShellResult expected = await _native.RunAsync(snippet);
        ShellResult actual = await _box.RunAsync(snippet);

        Assert.That(actual, Is.EqualTo(expected));
    }
}
