namespace Marcotte.Benchmarks.Programs;

/// <summary>The sources that the benchmarks were built from.</summary>
internal static class Repository
{
    /// <summary>Finds a file of it; BenchmarkDotNet runs from deeper down than the quick run.</summary>
    /// <param name="path">Its path in the repository.</param>
    /// <returns>Its path on the machine; null when it is not there.</returns>
    public static string? Find(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, path);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
