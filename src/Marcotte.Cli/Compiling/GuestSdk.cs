namespace Marcotte.Cli;

/// <summary>The guest SDK that lies beside the tool.</summary>
internal static class GuestSdk
{
    private const string Compiler = "marcotte-cc";

    private static string Directory => Path.Combine(AppContext.BaseDirectory, "guest-sdk");

    /// <summary>Runs the SDK's compiler.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="HostMistakeException">It cannot run here.</exception>
    internal static int Compile(IReadOnlyList<string> arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new HostMistakeException("cc needs a POSIX shell and Debian's wasi-libc; run it on Linux, in WSL for one");
        }

        string script = Path.Combine(Directory, Compiler);
        return File.Exists(script)
            ? ExternalTool.Run("sh", [script, .. arguments])
            : throw new HostMistakeException($"the guest SDK is not beside the tool, in '{Directory}'; install the tool anew");
    }
}
