namespace Packages.Tests;

/// <summary>A project of somebody else's that references the packages.</summary>
internal sealed class Consumer
{
    private readonly string _directory;
    private readonly string _name;

    internal Consumer(string name, params IEnumerable<(string Package, string Version)> references)
        : this(name, string.Empty, references)
    {
    }

    internal Consumer(string name, string moreItems, params IEnumerable<(string Package, string Version)> references)
    {
        _name = name;
        _directory = Workspace.NewDirectory(name);
        string items = string.Join('\n', references.Select(reference => $"""<PackageReference Include="{reference.Package}" Version="{reference.Version}" />"""));
        Write(name + ".csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <WarningsNotAsErrors>NU1608</WarningsNotAsErrors>
              </PropertyGroup>
              <ItemGroup>
                {items}
                {moreItems}
                <Content Include="*.wasm" CopyToOutputDirectory="PreserveNewest" />
              </ItemGroup>
            </Project>
            """);
    }

    internal void Write(string file, string text) => File.WriteAllText(Path.Combine(_directory, file), text);

    /// <summary>Takes the quick start of the samples for its program.</summary>
    internal Consumer WithQuickStart()
    {
        string sample = Path.Combine(Workspace.Repository, "samples", "QuickStart");
        File.Copy(Path.Combine(sample, "greet.wasm"), Path.Combine(_directory, "greet.wasm"));
        File.Copy(Path.Combine(sample, "Program.cs"), Path.Combine(_directory, "Program.cs"));
        return this;
    }

    internal CommandResult TryRestore() => Dotnet.Try(_directory, "restore", "-v", "q");

    internal void Build() => Dotnet.Run(_directory, "build", "--nologo", "-v", "q");

    internal CommandResult Run() => Dotnet.Try(_directory, Path.Combine("bin", "Debug", "net10.0", _name + ".dll"));
}
