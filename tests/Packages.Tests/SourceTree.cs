namespace Packages.Tests;

/// <summary>A copy of the repository's sources that may be changed, packed and thrown away.</summary>
internal sealed class SourceTree
{
    private static readonly string[] Folders = ["src", "samples"];

    private static readonly string[] Outputs = ["bin", "obj", "artifacts"];

    private readonly Dictionary<string, string> _originals = [];

    internal SourceTree(string name)
    {
        Root = Workspace.NewDirectory(name);
        foreach (string file in Directory.GetFiles(Workspace.Repository).Where(file => !Path.GetFileName(file).Equals(".git", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(Root, Path.GetFileName(file)));
        }

        foreach (string folder in Folders)
        {
            Copy(Path.Combine(Workspace.Repository, folder), Path.Combine(Root, folder));
        }
    }

    internal string Root { get; }

    /// <summary>The packages' projects.</summary>
    internal IEnumerable<string> Packages => Directory.GetDirectories(Path.Combine(Root, "src"))
        .Select(directory => Path.GetFileName(directory)!)
        .Where(name => File.Exists(Path.Combine(Root, "src", name, name + ".csproj")) && !name.EndsWith(".Generator", StringComparison.Ordinal));

    /// <summary>Makes the copy a repository whose only commit is the same whenever the files are.</summary>
    internal void Commit(string remote)
    {
        Git("init", "--quiet");
        Git("remote", "add", "origin", remote);
        Git("add", "--all");
        Git("-c", "user.name=Tests", "-c", "user.email=tests@localhost", "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "All of it");
    }

    internal string Head => Git("rev-parse", "HEAD").Trim();

    /// <summary>Replaces text in a file, where it must occur.</summary>
    internal void Edit(string file, string old, string replacement)
    {
        string path = Path.Combine(Root, file);
        string text = File.ReadAllText(path);
        Assert.That(text, Does.Contain(old), file);
        _originals.TryAdd(path, text);
        File.WriteAllText(path, text.Replace(old, replacement, StringComparison.Ordinal));
    }

    /// <summary>Undoes all edits.</summary>
    internal void Reset()
    {
        foreach ((string path, string text) in _originals)
        {
            File.WriteAllText(path, text);
        }

        _originals.Clear();
    }

    /// <summary>Packs projects, all in one build.</summary>
    internal void Pack(string feed, params IEnumerable<string> projects)
    {
        string build = Path.Combine(Root, "pack.proj");
        File.WriteAllText(build, $"""
            <Project>
              <ItemGroup><Project Include="{string.Join(';', projects.Select(project => $"src/{project}/{project}.csproj"))}" /></ItemGroup>
              <Target Name="Restore"><MSBuild Projects="@(Project)" Targets="Restore" /></Target>
              <Target Name="Pack"><MSBuild Projects="@(Project)" Targets="Pack" BuildInParallel="true" /></Target>
            </Project>
            """);
        string[] properties = ["-p:Configuration=Release", "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false", $"-p:VersionSuffix={Workspace.Suffix}", $"-p:PackageOutputPath={feed}"];
        Dotnet.Run(Root, ["msbuild", build, "-t:Restore", "-m", "-nologo", "-v:q", .. properties]);
        Dotnet.Run(Root, ["msbuild", build, "-t:Pack", "-m", "-nologo", "-v:q", .. properties]);
    }

    /// <summary>Packs one project and holds it against an earlier package.</summary>
    internal CommandResult PackAgainst(string baseline, string feed, string project) => Dotnet.Try(
        Root, "pack", $"src/{project}", "-c", "Release", "--nologo", "-v", "q", "-o", feed, "-p:RunAnalyzers=false",
        "-p:ContinuousIntegrationBuild=true", $"-p:VersionSuffix={Workspace.Suffix}", $"-p:PackageValidationBaselinePath={baseline}");

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (string directory in Directory.GetDirectories(from).Where(directory => !Outputs.Contains(Path.GetFileName(directory))))
        {
            Copy(directory, Path.Combine(to, Path.GetFileName(directory)));
        }
    }

    private string Git(params IEnumerable<string> arguments) => Dotnet.Execute(Root, "git", arguments);
}
