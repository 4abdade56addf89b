using System.Reflection;

namespace Marcotte.Guests.Tests;

/// <summary>Where sources and what was compiled of them lie.</summary>
internal static class Repository
{
    internal static string Sources { get; } = Path.Combine(Root, "tests", "guests");

    internal static string Artifacts { get; } = Path.Combine(Root, "artifacts", "guests");

    private static string Root => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>What a build of the guests makes; fails the test when it is not there.</summary>
    internal static string Built(string path)
    {
        Assert.That(path, Does.Exist, "It is not built; run tests/guests/build.sh --natives.");
        return path;
    }
}
