using System.ComponentModel;
using System.Diagnostics;

namespace Marcotte.Cli;

/// <summary>Runs a program of the machine's, with the tool's own streams.</summary>
internal static class ExternalTool
{
    /// <returns>The program's exit code.</returns>
    /// <exception cref="HostMistakeException">There is no such program.</exception>
    internal static int Run(string program, IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(program) { UseShellExecute = false };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            throw new HostMistakeException($"there is no program '{program}'; install it (wasm-opt is in the package binaryen)");
        }
    }
}
