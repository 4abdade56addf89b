using System.Diagnostics;

namespace AspNetHost.Tests;

/// <summary>The sample as its reader starts it.</summary>
internal sealed class ProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Test]
    [Platform("Unix")]
    public async Task It_starts_runs_a_module_and_stops_when_it_is_told_to_while_a_box_spins()
    {
        using Process process = Start();
        try
        {
            using HttpClient client = new() { BaseAddress = await Listening(process), Timeout = Patience };
            string result = await (await client.PostAsync("/run", new ByteArrayContent(Uploads.Count))).Content.ReadAsStringAsync();
            Assert.That(result, Does.Contain("\"exitCode\":1"));
            Task<HttpResponseMessage> spinning = client.PostAsync("/run", new ByteArrayContent(Uploads.Spin));
            using Process terminate = Process.Start("kill", ["-TERM", $"{process.Id}"]);

            Task<string> rest = process.StandardOutput.ReadToEndAsync();
            Assert.That(process.WaitForExit(Patience), Is.True);
            Assert.That(process.ExitCode, Is.Zero, await rest);
            await spinning.ContinueWith(static _ => { }, TaskScheduler.Default);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start()
    {
        string program = Path.Combine(TestContext.CurrentContext.TestDirectory, "AspNetHost.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, "--urls=http://127.0.0.1:0"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    private static async Task<Uri> Listening(Process process)
    {
        const string Mark = "Now listening on: ";
        using CancellationTokenSource patience = new(Patience);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            int at = line.IndexOf(Mark, StringComparison.Ordinal);
            if (at >= 0)
            {
                return new Uri(line[(at + Mark.Length)..]);
            }
        }

        throw new InvalidOperationException($"The sample ended: {await process.StandardError.ReadToEndAsync(patience.Token)}");
    }
}
