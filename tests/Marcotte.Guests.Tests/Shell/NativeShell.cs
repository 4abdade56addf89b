using System.Diagnostics;
using System.Text;

namespace Marcotte.Guests.Tests.Shell;

/// <summary>The machine's own dash and busybox, each script in an empty directory.</summary>
internal sealed class NativeShell : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _root = Directory.CreateTempSubdirectory("marcotte-shell-").FullName;
    private readonly string _tools;

    internal NativeShell(IEnumerable<string> tools)
    {
        _tools = Path.Combine(_root, "bin");
        Directory.CreateDirectory(_tools);
        string busybox = Find("busybox");
        foreach (string tool in tools)
        {
            File.CreateSymbolicLink(Path.Combine(_tools, tool), busybox);
        }

        File.CreateSymbolicLink(Path.Combine(_tools, "dash"), Find("dash"));
        File.CreateSymbolicLink(Path.Combine(_tools, "sh"), Find("dash"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    internal async Task<ShellResult> RunAsync(Snippet snippet)
    {
        string directory = Path.Combine(_root, snippet.Name);
        Directory.CreateDirectory(directory);
        // .NET ignores SIGPIPE, which its children would inherit.
        ProcessStartInfo start = new("/usr/bin/env", ["--default-signal=PIPE", "dash", .. BoxShell.Arguments(directory, snippet.Script)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in BoxShell.Variables(_tools))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource timeout = new(Patience);
        await process.WaitForExitAsync(timeout.Token);
        return new ShellResult(process.ExitCode, await output, await error);
    }

    private static string Find(string program) =>
        new[] { "/bin", "/usr/bin" }.Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"There is no {program}; run tests/guests/install.sh.");
}
