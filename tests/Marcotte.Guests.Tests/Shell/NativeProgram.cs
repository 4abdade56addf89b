using System.Diagnostics;
using System.Text;

namespace Marcotte.Guests.Tests.Shell;

/// <summary>A program of the machine's own, run in a directory with an environment that is only what it was given.</summary>
/// <param name="File">The program: a path, or a name to look for.</param>
/// <param name="Arguments">Its arguments, without its name.</param>
/// <param name="Directory">Where it runs.</param>
/// <param name="Variables">Its environment.</param>
internal sealed record NativeProgram(string File, IReadOnlyList<string> Arguments, string Directory, IReadOnlyDictionary<string, string> Variables)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What it reads.</summary>
    public InputText Input { get; init; } = new([], false);

    internal async Task<ShellResult> RunAsync()
    {
        // .NET ignores SIGPIPE, and a shell has what it starts in the background ignore SIGINT: children would inherit both.
        ProcessStartInfo start = new("/usr/bin/env", ["--default-signal", File, .. Arguments])
        {
            WorkingDirectory = Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in Variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        using CancellationTokenSource timeout = new(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.StandardInput.BaseStream.WriteAsync(Input.Content, timeout.Token);
            if (!Input.StaysOpen)
            {
                process.StandardInput.Close();
            }

            await process.WaitForExitAsync(timeout.Token);
            return new ShellResult(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
