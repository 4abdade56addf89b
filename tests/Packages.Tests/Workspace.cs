using System.Reflection;

namespace Packages.Tests;

/// <summary>
/// The directory in which all of it happens. It has a package cache of its own: a package of ours in the machine's would be
/// taken for the one that was just packed. Other people's packages come from the machine's cache where they are there.
/// </summary>
internal static class Workspace
{
    /// <summary>Makes the versions of this run like no other's.</summary>
    internal static readonly string Suffix = $"run{Environment.ProcessId}x{Environment.TickCount64}";

    private static readonly DirectoryInfo Temporary = Directory.CreateTempSubdirectory("marcotte-packages-");

    internal static string Root { get; } = Temporary.FullName;

    internal static string Repository { get; } = typeof(Workspace).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Root").Value!;

    internal static string Feed { get; } = Path.Combine(Root, "feed");

    internal static string PackageCache { get; } = Path.Combine(Root, "packages");

    internal static string Version(string prefix = "0.1.0") => $"{prefix}-{Suffix}";

    /// <summary>Lets everything beneath restore from the feed, after what the machine is configured for.</summary>
    internal static void Create()
    {
        Directory.CreateDirectory(Feed);
        string machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string fallback = Directory.Exists(machine) ? $"""<add key="machine" value="{machine}" />""" : string.Empty;
        File.WriteAllText(Path.Combine(Root, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="packed" value="{Feed}" /></packageSources>
              <fallbackPackageFolders>{fallback}</fallbackPackageFolders>
            </configuration>
            """);
    }

    internal static string NewDirectory(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    internal static void Delete() => Temporary.Delete(recursive: true);
}
