using System.Diagnostics;

namespace Marcotte.Cli.Tests;

/// <summary>A person at a terminal of tmux's.</summary>
internal sealed class Person : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly string _socket;

    /// <param name="directory">Where the terminal's shell is, and tmux's socket.</param>
    /// <param name="command">What the shell there runs.</param>
    internal Person(string directory, string command)
    {
        _socket = Path.Combine(directory, "tmux");
        Tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "-c", directory, command);
    }

    /// <summary>Types: words as they are, and keys by tmux's names.</summary>
    internal void Type(params string[] keys) => Tmux(["send-keys", .. keys]);

    internal void Resize(int columns, int rows) => Tmux("resize-window", "-x", $"{columns}", "-y", $"{rows}");

    /// <summary>Waits until what is on the screen is as wanted, without the spaces at ends of lines.</summary>
    internal void Sees(string wanted, Func<string, bool> isThere)
    {
        long began = Stopwatch.GetTimestamp();
        for (;;)
        {
            string screen = string.Join('\n', Tmux("capture-pane", "-p").Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n');
            if (isThere(screen))
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(began) > Tool.Patience)
            {
                Assert.Fail($"There is no {wanted} on the screen:\n{screen}");
            }

            Thread.Sleep(Glance);
        }
    }

    /// <summary>Waits for text at the end of the screen.</summary>
    internal void SeesLast(string text) => Sees(text, screen => screen.EndsWith(text, StringComparison.Ordinal));

    public void Dispose() => Tmux("kill-server");

    private string Tmux(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("tmux", ["-S", _socket, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Tool.Wait(process);
        Assert.That(process.ExitCode, Is.Zero, error.GetAwaiter().GetResult());
        return output;
    }
}
