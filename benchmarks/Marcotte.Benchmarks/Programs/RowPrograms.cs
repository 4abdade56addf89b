using Marcotte.Benchmarks.Rows;
using Marcotte.Benchmarks.Sides;
using Marcotte.Clock;
using Marcotte.Env;
using Marcotte.Processes;
using Marcotte.Vfs;
using Marcotte.Vfs.Memory;
using Marcotte.Wasi;
using Marcotte.Wasix;

namespace Marcotte.Benchmarks.Programs;

/// <summary>
/// What the rows of processes run, on both sides: <c>programs/processes.c</c> and an empty program, compiled for each; and for the
/// pipeline dash and busybox, which the machine has or not and <c>tests/guests</c> builds for a box.
/// </summary>
internal sealed class RowPrograms : IDisposable
{
    private static readonly string[] Folders = ["/bin", "/usr/bin"];

    private const string Empty = "int main(void) { return 0; }\n";
    private const string Script = "head -c 268435456 /dev/zero | cat | tr a b | cat | wc -c";
    private const string ScriptAnswer = "268435456";
    private const UnixFileMode Executable = (UnixFileMode)0x1ED;

    private static readonly string[] Tools = ["head", "cat", "tr", "wc"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marcotte-programs-");
    private readonly string? _nativeProblem;
    private readonly string? _boxProblem;

    /// <summary>Compiles them.</summary>
    public RowPrograms()
    {
        string source = Path.Combine(AppContext.BaseDirectory, "programs", "processes.c");
        string empty = At("empty.c");
        File.WriteAllText(empty, Empty);
        _nativeProblem = Compiler.ForKernel(source, At("processes"));
        _boxProblem = Compiler.ForBox(source, At("processes.wasm")) ?? Compiler.ForBox(empty, At("true.wasm"));
    }

    /// <summary>Why a row cannot be measured here.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The reason; null when it can.</returns>
    public string? Problem(Row row)
    {
        if (row.Name != RowList.Pipeline)
        {
            return _nativeProblem ?? _boxProblem;
        }

        return Built("dash") is null || Built("busybox") is null ? "dash and busybox are not built for a box; run tests/guests/build.sh"
            : MachineTool("dash") is null || MachineTool("busybox") is null ? "the machine has no dash or no busybox; install them"
            : null;
    }

    /// <summary>Marcotte's side.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="row">The row.</param>
    /// <returns>The side.</returns>
    public Side Box(BoxEngine engine, Row row)
    {
        bool isScript = row.Name == RowList.Pipeline;
        string program = isScript ? Built("dash")! : At("processes.wasm");
        BoxTemplate template = new BoxBuilder()
            .WithEngine(engine)
            .UseVfs(files => files.MountSnapshot("/", isScript ? ShellTree() : EmptyTree()).MountDevices())
            .UseClock()
            .UseEnv(environment => environment.ProgramName(isScript ? "dash" : "processes"))
            .UseProcesses()
            .UseWasi()
            .UseWasix()
            .Build(GuestModule.FromFile(program));
        return isScript ? new BoxScriptSide(template, Script, ScriptAnswer) : new BoxProgramSide(template, row);
    }

    /// <summary>The kernel's side.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The side.</returns>
    public Side Native(Row row)
    {
        if (row.Name != RowList.Pipeline)
        {
            return new NativeProgramSide(At("processes"), row);
        }

        string tools = Directory.CreateDirectory(At("bin")).FullName;
        foreach (string tool in Tools.Where(tool => !File.Exists(Path.Combine(tools, tool))))
        {
            File.CreateSymbolicLink(Path.Combine(tools, tool), MachineTool("busybox")!);
        }

        return new NativeScriptSide(MachineTool("dash")!, tools, Script, ScriptAnswer);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private static string? Built(string program) => Repository.Find(Path.Combine("artifacts", "guests", "programs", program + ".wasm"));

    private static string? MachineTool(string name) => Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private TreeSnapshot EmptyTree() => Tree([("true", At("true.wasm"))], []);

    private static TreeSnapshot ShellTree() => Tree([("dash", Built("dash")!), ("busybox", Built("busybox")!)], Tools);

    private static TreeSnapshot Tree((string Name, string Path)[] programs, string[] links)
    {
        using MemoryFileSystem tree = MemoryFileSystem.Detached(time: TimeProvider.System);
        TreeFileSystem files = TreeFileSystem.Over(tree);
        files.Directory.CreateDirectory("/bin");
        foreach ((string name, string path) in programs)
        {
            files.File.WriteAllBytes($"/bin/{name}", File.ReadAllBytes(path));
#pragma warning disable CA1416 // The mode is one of a tree in memory, on any host.
            files.File.SetUnixFileMode($"/bin/{name}", Executable);
#pragma warning restore CA1416
        }

        foreach (string link in links)
        {
            files.File.CreateSymbolicLink($"/bin/{link}", "busybox");
        }

        return tree.Snapshot();
    }
}
