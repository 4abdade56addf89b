using System.Globalization;
using System.IO.Abstractions;
using System.Text;
using CsCheck;
using Marcotte.Core;
using Marcotte.Vfs;

namespace Marcotte.Model.Tests;

/// <summary>
/// Random programs of .NET's own calls on a real directory, and on boxes' trees through <see cref="TreeFileSystem"/>: results,
/// exceptions, their messages and numbers, and what is left.
/// </summary>
[Platform("Linux")]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal sealed class BclTests
{
    private const int Length = 30;
    private static readonly IFileSystem DotNet = new System.IO.Abstractions.FileSystem();

    [Test]
    public void TreesDoWhatDotNetDoes()
    {
        string top = Path.Combine(Settings.Directory, "marcotte-model-" + Guid.NewGuid().ToString("N"));
        using Layer memory = new VfsOptions().MountMemory("/").Build(Limits.Default);
        using Layer overlay = new VfsOptions().MountOverlay("/", static options => options.Lower(new Empty())).Build(Limits.Default);
        Directory.CreateDirectory(top + "/mounted");
        try
        {
            using Layer host = new VfsOptions().MountHostDirectory("/", top + "/mounted").Build(Limits.Default);
            Gen<BclCall[]> programs = BclCall.Programs(Length);
            for (int number = 0; number < Settings.Operations / 4 / Length; number++)
            {
                BclCall[] program = programs.Generate(new PCG(3, Settings.Seed + (ulong)number), null, out _);
                if (Difference(program) is not null)
                {
                    BclCall[] shrunk = Verdict.Shrink(program, shorter => Difference(shorter) is not null);
                    Assert.Fail($"MARCOTTE_MODEL_SEED={Settings.Seed}, program {number}:\n{Difference(shrunk)}");
                }
            }

            string? Difference(BclCall[] program) => Compare(
                program,
                Run(program, DotNet, top + "/real"),
                ("memory", RunInBox(program, memory)),
                ("overlay", RunInBox(program, overlay)),
                ("host", RunInBox(program, host)));
        }
        finally
        {
            Directory.Delete(top, recursive: true);
        }
    }

    private static string? Compare(BclCall[] program, string[] expected, params (string Name, string[] Results)[] others)
    {
        StringBuilder text = new();
        for (int i = 0; i < expected.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {(i < program.Length ? program[i] : "and then the tree")}   -> {expected[i]}\n");
            bool differs = false;
            foreach ((string name, string[] results) in others.Where(other => other.Results[i] != expected[i]))
            {
                text.Append(CultureInfo.InvariantCulture, $"      {name,-9} {results[i]}\n");
                differs = true;
            }

            if (differs)
            {
                return text.ToString();
            }
        }

        return null;
    }

    private static string[] RunInBox(BclCall[] program, Layer layer)
    {
        using Kernel kernel = new(Limits.Default);
        layer.Attach(kernel);
        using TreeFileSystem files = new(kernel.Files, new Process(kernel, 1) { Umask = 0x12 });
        return Run(program, files, "/real");
    }

    /// <summary>What each call gives, and last the tree.</summary>
    private static string[] Run(BclCall[] program, IFileSystem files, string root)
    {
        files.Directory.CreateDirectory(root);
        string[] results = [.. program.Select(call => call.Run(files, root)), Tree(files, root).Replace(root, "ROOT", StringComparison.Ordinal)];
        files.Directory.Delete(root, recursive: true);
        return results;
    }

    private static string Tree(IFileSystem files, string root)
    {
        StringBuilder text = new();
        foreach (string path in files.Directory.GetFileSystemEntries(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            IFileInfo info = files.FileInfo.New(path);
            FileAttributes attributes = files.File.GetAttributes(path);
            text.Append(CultureInfo.InvariantCulture, $"\n      {path} {attributes} {info.LinkTarget}");
            if ((attributes & (FileAttributes.Directory | FileAttributes.ReparsePoint)) == 0)
            {
                text.Append(CultureInfo.InvariantCulture, $" {info.Length} {files.File.GetUnixFileMode(path)} ").Append(Answer.Runs(files.File.ReadAllBytes(path)));
            }
        }

        return text.ToString();
    }

    private sealed class Empty : FileSystemSource
    {
        public override Vfs.FileSystem Open(Kernel kernel) => new Vfs.Memory.MemoryFileSystem(kernel);
    }
}
