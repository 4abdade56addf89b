using Marcotte.Vfs;
using Marcotte.Vfs.Memory;

#pragma warning disable CA1416 // The modes are those of a tree in memory, on any host.

namespace Marcotte.Guests.Tests.Shell;

/// <summary>A tree with dash as its shell and busybox for its tools, as a small Linux has it.</summary>
internal static class ShellTree
{
    internal const string Tools = "/bin";

    private const UnixFileMode Executable = (UnixFileMode)0x1ED;
    private const UnixFileMode Anyone = (UnixFileMode)0x3FF;

    /// <summary>The tools that scripts use beside the shell's own: busybox's, on both sides.</summary>
    internal static IReadOnlyList<string> ToolNames { get; } =
    [
        "awk", "basename", "cat", "chmod", "cp", "cut", "dirname", "echo", "env", "expr", "find", "grep", "head", "ln", "ls", "mkdir", "mkfifo", "mv", "paste",
        "readlink", "rm", "rmdir", "sed", "seq", "sleep", "sort", "tail", "tee", "touch", "tr", "uniq", "wc", "xargs", "yes",
    ];

    /// <param name="programs">Modules beside these, by their paths in the tree.</param>
    internal static TreeSnapshot Prepare(IReadOnlyDictionary<string, string>? programs = null)
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached(time: TimeProvider.System);
        TreeFileSystem files = TreeFileSystem.Over(tree);
        foreach (string directory in new[] { Tools, "/etc", "/work", "/tmp" })
        {
            files.Directory.CreateDirectory(directory);
        }

        files.File.SetUnixFileMode("/tmp", Anyone);
        files.File.WriteAllText("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n");
        files.File.WriteAllText("/etc/group", "root:x:0:\nnogroup:x:65534:\n");
        Add(files, $"{Tools}/dash", ScenarioRunner.ProgramPath("dash"));
        Add(files, $"{Tools}/busybox", ScenarioRunner.ProgramPath("busybox"));
        files.File.CreateSymbolicLink($"{Tools}/sh", "dash");
        foreach (string tool in ToolNames)
        {
            files.File.CreateSymbolicLink($"{Tools}/{tool}", "busybox");
        }

        foreach ((string path, string module) in programs ?? new Dictionary<string, string>())
        {
            Add(files, path, module);
        }

        return tree.Snapshot();
    }

    private static void Add(TreeFileSystem files, string path, string module)
    {
        files.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        files.File.WriteAllBytes(path, File.ReadAllBytes(Repository.Built(module)));
        files.File.SetUnixFileMode(path, Executable);
    }
}
