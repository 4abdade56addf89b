namespace Marcotte.Guests.Tests.Shell;

/// <summary>The machine's own dash and busybox, each script in an empty directory.</summary>
internal sealed class NativeShell : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("marcotte-shell-").FullName;
    private readonly string _tools;

    internal NativeShell()
    {
        _tools = Path.Combine(_root, "bin");
        Directory.CreateDirectory(_tools);
        string busybox = Find("busybox");
        foreach (string tool in ShellTree.ToolNames)
        {
            File.CreateSymbolicLink(Path.Combine(_tools, tool), busybox);
        }

        File.CreateSymbolicLink(Path.Combine(_tools, "dash"), Find("dash"));
        File.CreateSymbolicLink(Path.Combine(_tools, "sh"), Find("dash"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    internal Task<ShellResult> RunAsync(Snippet snippet)
    {
        string directory = Path.Combine(_root, snippet.Name);
        Directory.CreateDirectory(directory);
        return new NativeProgram("dash", BoxShell.Arguments(directory, snippet.Script), directory, BoxShell.Variables(_tools)).RunAsync();
    }

    private static string Find(string program) =>
        new[] { "/bin", "/usr/bin" }.Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"There is no {program}; run tests/guests/install.sh.");
}
