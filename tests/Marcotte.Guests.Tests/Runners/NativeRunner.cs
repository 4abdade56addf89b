using System.Diagnostics;

namespace Marcotte.Guests.Tests;

/// <summary>Runs a guest as a program of this machine, its standard streams pipes.</summary>
internal static class NativeRunner
{
    /// <summary>The exit code of a program that called <c>abort</c>: SIGABRT's number, and what .NET adds for a signal.</summary>
    private const int Aborted = 128 + 6;

    internal static async Task<GuestEnding> RunAsync(GuestCase guest, HostRoot root)
    {
        ProcessStartInfo start = new(Repository.Built(guest.Native!), guest.AllArguments(root.Place))
        {
            WorkingDirectory = root.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in guest.Variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        try
        {
            Task<byte[]> output = ReadAsync(process.StandardOutput.BaseStream);
            Task<string> error = process.StandardError.ReadToEndAsync();
            await WriteAsync(process, guest.Input.Content).ConfigureAwait(false);
            await process.WaitForExitAsync().WaitAsync(BoxRunner.Patience).ConfigureAwait(false);
            (EndingKind kind, string? detail) = process.ExitCode == Aborted
                ? (EndingKind.Trapped, "unreachable")
                : (EndingKind.Exited, GuestEnding.StatusOf(process.ExitCode));
            return new GuestEnding(kind, detail, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        MemoryStream bytes = new();
        await stream.CopyToAsync(bytes).ConfigureAwait(false);
        return bytes.ToArray();
    }

    private static async Task WriteAsync(Process process, byte[] input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it.
        }
    }
}
