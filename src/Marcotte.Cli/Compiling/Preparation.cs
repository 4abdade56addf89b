using System.Text;

namespace Marcotte.Cli;

/// <summary>What <c>marcotte prepare</c> does.</summary>
internal static class Preparation
{
    /// <summary>The calls that take the guest's calls off its stack; only what can come to one of them pays for it.</summary>
    private static readonly string[] Unwinding = ["proc_fork", "stack_checkpoint", "stack_restore"];

    /// <returns>The exit code.</returns>
    /// <exception cref="HostMistakeException">The module cannot be prepared.</exception>
    internal static int Run(string module, string output)
    {
        if (!File.Exists(module))
        {
            throw new HostMistakeException($"there is no module '{module}'; give the path of a .wasm file");
        }

        byte[] content = File.ReadAllBytes(module);
        if (content.AsSpan().IndexOf("asyncify_start_unwind"u8) >= 0)
        {
            throw new HostMistakeException($"module '{module}' is prepared already; run it as it is");
        }

        string[] imports = [.. Unwinding.Where(name => content.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name)) >= 0)];
        if (imports.Length == 0)
        {
            throw new HostMistakeException($"module '{module}' imports none of {string.Join(", ", Unwinding)}, so there is nothing to prepare; run it as it is");
        }

        return ExternalTool.Run(
            "wasm-opt",
            [
                module, "-o", output, "--asyncify", "--all-features",
                $"--pass-arg=asyncify-imports@{string.Join(',', imports.Select(name => $"wasix_32v1.{name}"))}",
            ]);
    }
}
