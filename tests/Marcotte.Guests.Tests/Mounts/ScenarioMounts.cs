using System.Formats.Tar;
using System.IO.Compression;
using Marcotte.Vfs;

namespace Marcotte.Guests.Tests;

/// <summary>A scenario whose files come out of an archive or an overlay, and whose data lie in an overlay over a directory of the host.</summary>
internal sealed class ScenarioMounts : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("marcotte-mounts-");
    private readonly string _scenario;

    internal ScenarioMounts(string scenario)
    {
        _scenario = Path.Combine(Repository.Sources, "scenarios", scenario);
        Data = Directory.CreateDirectory(Path.Combine(_directory.FullName, "data")).FullName;
    }

    /// <summary>The host's directory beneath <c>/data</c>, which nothing may change.</summary>
    internal string Data { get; }

    public void Dispose() => _directory.Delete(recursive: true);

    internal string Expected(string name) => File.ReadAllText(Path.Combine(_scenario, name));

    internal byte[] Input(string name) => File.ReadAllBytes(Path.Combine(_scenario, name));

    /// <summary>Runs a program on them.</summary>
    /// <param name="program">The program.</param>
    /// <param name="mount">How its files come: <c>tar</c>, <c>tar.gz</c>, <c>zip</c>, <c>overlay</c>; or <c>memory</c>, as the data too, or <c>host</c>, where the data are written to the host.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">Its standard input.</param>
    internal async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, string mount, string[] arguments, byte[]? input = null)
    {
        using BoxTemplate template = new BoxBuilder()
            .WithEngine(SharedEngine.Engine)
            .WithInput(StandardInput.From(input ?? []))
            .UseClock()
            .UseEnv(environment => environment.ProgramName(program).Arguments(arguments).Variable("SQLITE_TMPDIR", "/data"))
            .UseWasi(wasi => wasi.Preopen("/scenario").Preopen("/data"))
            .UseVfs(files => Mount(files, mount))
            .Build(GuestModule.FromFile(Repository.Built(ScenarioRunner.ProgramPath(program))));
        BoxResult result = await template.RunAsync().WaitAsync(TimeSpan.FromMinutes(4)).ConfigureAwait(false);
        return (result.Outcome.ExitCode, result.Output!.ToString(), result.Error!.ToString());
    }

    /// <summary>All of <see cref="Data"/>: names, lengths, times, contents.</summary>
    internal string[] DataListing() => [.. new DirectoryInfo(Data).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
        .Select(entry => $"{entry.FullName} {entry.LastWriteTimeUtc:O} {(entry is FileInfo file ? Convert.ToBase64String(File.ReadAllBytes(file.FullName)) : string.Empty)}")
        .Append($"{new DirectoryInfo(Data).LastWriteTimeUtc:O}")
        .Order(StringComparer.Ordinal)];

    private void Mount(VfsOptions files, string mount)
    {
        if (mount == "memory")
        {
            foreach (string file in Directory.EnumerateFiles(_scenario))
            {
                files.WriteFile("/scenario/" + Path.GetFileName(file), File.ReadAllBytes(file));
            }

            files.MountMemory("/scenario").MountMemory("/data");
            return;
        }

        _ = mount == "host"
            ? files.MountHostDirectory("/data", Data)
            : files.MountOverlay("/data", overlay => overlay.LowerHostDirectory(Data));
        _ = mount is "overlay" or "host"
            ? files.MountOverlay("/scenario", overlay => overlay.LowerHostDirectory(_scenario))
            : files.MountArchive("/scenario", Pack(mount));
    }

    private string Pack(string kind)
    {
        string path = Path.Combine(_directory.FullName, "scenario." + kind);
        if (kind == "zip")
        {
            ZipFile.CreateFromDirectory(_scenario, path);
            return path;
        }

        using FileStream file = File.Create(path);
        using Stream packed = kind == "tar.gz" ? new GZipStream(file, CompressionLevel.Fastest) : file;
        TarFile.CreateFromDirectory(_scenario, packed, includeBaseDirectory: false);
        return path;
    }
}
