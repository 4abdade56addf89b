using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Marcotte.Benchmarks.Disk;

/// <summary>The process of <c>native/loops.c</c>, which is compiled when it is first needed.</summary>
internal sealed class NativeLoops : IDisposable
{
    private static readonly string[] Compilers = ["cc", "clang", "gcc"];

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private NativeLoops(Process process, DirectoryInfo folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>Compiles and starts it.</summary>
    /// <param name="directory">The directory whose files it works on.</param>
    /// <param name="problem">Why it could not be started.</param>
    /// <returns>The process; null when it could not be started.</returns>
    public static NativeLoops? Start(string directory, out string? problem)
    {
        problem = OperatingSystem.IsLinux() ? "no C compiler was found; install cc or clang" : "the loops in C are Linux's";
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // Not beside the files: shared memory is often mounted so that nothing in it runs.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("marcotte-loops-");
        string program = Path.Combine(folder.FullName, "loops");
        foreach (string compiler in Compilers)
        {
            if (Compile(compiler, program) is not { } errors)
            {
                continue;
            }

            problem = errors.Length == 0 ? null : $"{compiler} refused loops.c: {errors}";
            return problem is null ? new NativeLoops(Spawn(program, directory), folder) : null;
        }

        folder.Delete();
        return null;
    }

    /// <summary>Does what a row says.</summary>
    /// <param name="row">The row's name.</param>
    /// <param name="operations">How often.</param>
    /// <returns>Nanoseconds.</returns>
    public double Run(string row, int operations) => Ask(string.Create(CultureInfo.InvariantCulture, $"run {row} {operations}"));

    /// <summary>Makes a directory of so many files.</summary>
    /// <param name="entries">How many.</param>
    public void Make(int entries) => Ask(string.Create(CultureInfo.InvariantCulture, $"make {entries}"));

    /// <summary>Removes a directory of so many files.</summary>
    /// <param name="entries">How many.</param>
    public void Remove(int entries) => Ask(string.Create(CultureInfo.InvariantCulture, $"remove {entries}"));

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>What the compiler had to say; nothing when it compiled, null when there is no such compiler.</summary>
    private static string? Compile(string compiler, string program)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "native", "loops.c");
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(compiler, ["-O2", "-o", program, source]) { RedirectStandardError = true })!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : errors;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static Process Spawn(string program, string directory) =>
        Process.Start(new ProcessStartInfo(program, [directory]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private double Ask(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The loops in C ended at '{command}'.");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }
}
