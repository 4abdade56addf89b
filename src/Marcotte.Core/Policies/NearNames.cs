namespace Marcotte.Core;

/// <summary>Finds what somebody may have meant.</summary>
internal static class NearNames
{
    private const int Most = 3;

    /// <summary>Names of calls that are much like a pattern that matches none, the nearest first.</summary>
    public static string[] Of(string pattern, IEnumerable<Syscall> surface)
    {
        string wanted = pattern.Replace("*", "", StringComparison.Ordinal).Replace("?", "", StringComparison.Ordinal);
        bool qualified = pattern.Contains('.', StringComparison.Ordinal);
        return [.. surface
            .Select(syscall => qualified ? $"{syscall.Module}.{syscall.Name}" : syscall.Name)
            .Distinct(StringComparer.Ordinal)
            .Select(name => (Name: name, Distance: pattern == wanted ? Distance(wanted, name) : PrefixDistance(wanted, name)))
            .Where(candidate => candidate.Distance <= Math.Max(2, wanted.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(Most)
            .Select(candidate => candidate.Name)];
    }

    private static int PrefixDistance(string wanted, string name) => Distance(wanted, name[..Math.Min(name.Length, wanted.Length)]);

    /// <summary>How many letters have to be put in, taken out or replaced (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
