using System.Diagnostics;
using System.Text;

namespace Marcotte.Cli.Tests;

/// <summary>How a run of the tool went.</summary>
internal sealed record ToolResult(int ExitCode, byte[] Bytes, string Error)
{
    internal string Output { get; } = Encoding.UTF8.GetString(Bytes);

    internal string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The built tool, run as a process, in a directory of a test's own.</summary>
internal sealed class Tool : IDisposable
{
    /// <summary>So long that only a tool that hangs takes it.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly string Program = Path.Combine(TestContext.CurrentContext.TestDirectory, "Marcotte.Cli.dll");

    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("marcotte-cli-");

    internal string Directory => _directory.FullName;

    internal string Cache => Path.Combine(Directory, "cache");

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>Puts a guest into the directory.</summary>
    internal string Add(string text, string name = "guest.wat")
    {
        File.WriteAllText(Path.Combine(Directory, name), text);
        return name;
    }

    internal string AddDirectory(string name) => System.IO.Directory.CreateDirectory(Path.Combine(Directory, name)).FullName;

    /// <summary>Runs a guest that needs nothing else.</summary>
    internal ToolResult RunGuest(string text, params IEnumerable<string> options) => Run(["run", .. options, Add(text)]);

    internal ToolResult Run(params IEnumerable<string> arguments) => Run(arguments, input: null);

    internal ToolResult Run(IEnumerable<string> arguments, byte[]? input, string? cache = null)
    {
        using Process process = Start(arguments, cache);
        Task<byte[]> output = ReadAllAsync(process.StandardOutput.BaseStream);
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input ?? []);
        process.StandardInput.Close();
        Wait(process);
        return new ToolResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Starts the tool with streams that the caller serves.</summary>
    internal Process Start(IEnumerable<string> arguments, string? cache = null)
    {
        // A process that was started in the background ignores Ctrl-C, and so would all that it starts: env(1) undoes that.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet", Program] : ["dotnet", Program];
        ProcessStartInfo start = new(command[0], [.. command[1..], .. arguments])
        {
            WorkingDirectory = Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_CACHE_HOME"] = cache ?? Cache;
        start.Environment["MARCOTTE_TEST_AMBIENT"] = "ambient";
        return Process.Start(start)!;
    }

    /// <summary>A run of the tool as a line for a shell.</summary>
    internal string Line(params IEnumerable<string> arguments) => $"env XDG_CACHE_HOME={Cache} dotnet {Program} {string.Join(' ', arguments)}";

    internal static void Wait(Process process)
    {
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("The tool does not end.");
        }

        process.WaitForExit();
    }

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using MemoryStream copy = new();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}

/// <summary>Gives each test a tool in a fresh directory.</summary>
internal abstract class ToolTests
{
    private Tool? _tool;

    protected Tool Tool => _tool!;

    [SetUp]
    public void MakeTool() => _tool = new Tool();

    [TearDown]
    public void RemoveTool() => _tool!.Dispose();
}
