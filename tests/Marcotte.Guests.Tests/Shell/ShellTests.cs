namespace Marcotte.Guests.Tests.Shell;

/// <summary>Debian's dash, unmodified, does in a box what it does on the machine.</summary>
internal sealed class ShellTests
{
    /// <summary>The tools that scripts use beside the shell's own: busybox's, on both sides.</summary>
    private static readonly string[] Tools =
    [
        "awk", "basename", "cat", "chmod", "cp", "cut", "dirname", "echo", "env", "expr", "find", "grep", "head", "ln", "ls", "mkdir", "mkfifo", "mv", "paste",
        "readlink", "rm", "rmdir", "sed", "seq", "sleep", "sort", "tail", "tee", "touch", "tr", "uniq", "wc", "xargs", "yes",
    ];

    private NativeShell _native = null!;
    private BoxShell _box = null!;

    public static IEnumerable<string> Names() => Snippet.All.Keys;

    [OneTimeSetUp]
    public void Open()
    {
        _native = new NativeShell(Tools);
        _box = new BoxShell(Tools);
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
