using System.ComponentModel;
using System.Diagnostics;

namespace Marcotte.Benchmarks.Programs;

/// <summary>Compilers of C, for the kernel and for a box.</summary>
internal static class Compiler
{
    private static readonly string[] Native = ["cc", "clang", "gcc"];

    /// <summary>Compiles for the kernel.</summary>
    /// <param name="source">A file in C.</param>
    /// <param name="program">The file that comes to be.</param>
    /// <returns>Why it could not be compiled; null when it was.</returns>
    public static string? ForKernel(string source, string program)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "the programs in C are Linux's";
        }

        foreach (string compiler in Native)
        {
            if (Run(compiler, ["-O2", "-o", program, source]) is { } errors)
            {
                return errors.Length == 0 ? null : $"{compiler} refused {Path.GetFileName(source)}: {errors}";
            }
        }

        return "no C compiler was found; install cc or clang";
    }

    /// <summary>Compiles for a box, with the guest SDK.</summary>
    /// <param name="source">A file in C.</param>
    /// <param name="program">The file that comes to be.</param>
    /// <returns>Why it could not be compiled; null when it was.</returns>
    public static string? ForBox(string source, string program)
    {
        if (Repository.Find(Path.Combine("src", "guest-sdk", "marcotte-cc")) is not { } wrapper)
        {
            return "the guest SDK was not found above the benchmarks";
        }

        string? errors = Run("sh", [wrapper, "-O2", source, "-o", program]);
        return errors is null ? "there is no sh for marcotte-cc" : errors.Length == 0 ? null : $"marcotte-cc failed: {errors.Trim()}";
    }

    /// <summary>What the compiler had to say; nothing when it compiled, null when there is no such compiler.</summary>
    private static string? Run(string compiler, string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(compiler, arguments) { RedirectStandardError = true })!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : errors.Length > 0 ? errors : $"status {process.ExitCode}";
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
