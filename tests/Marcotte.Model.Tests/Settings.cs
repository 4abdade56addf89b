using System.Globalization;

namespace Marcotte.Model.Tests;

/// <summary>How much is tried, from where: the same each time, unless somebody asks for more or for other programs.</summary>
internal static class Settings
{
    internal static ulong Seed { get; } = (ulong)Number("MARCOTTE_MODEL_SEED", 20_250_101);

    /// <summary>Calls of each property, on each side.</summary>
    internal static int Operations { get; } = (int)Number("MARCOTTE_MODEL_OPERATIONS", 150_000);

    /// <summary>Where directories of the host are made: in memory where there is such a place.</summary>
    internal static string Directory { get; } = Environment.GetEnvironmentVariable("MARCOTTE_MODEL_DIRECTORY") ??
        (System.IO.Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath());

    private static long Number(string variable, long otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
