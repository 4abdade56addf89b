namespace Marcotte.Core;

/// <summary>
/// Rules on files by their paths. A layer that provides files puts each of <see cref="Guards"/> at the directory entry that its
/// path leads to, and asks the guard of the file that a walk has come to: never is a rule held against the letters of a path.
/// </summary>
/// <remarks>
/// A layer that does so names this type among its <see cref="Layer.Provides"/>; without one a box with path rules cannot be
/// built. It finds the rules at <see cref="Kernel.Paths"/>.
/// </remarks>
public sealed class PathPolicy
{
    /// <summary>Seals rules.</summary>
    /// <param name="rules">The rules, in whatever order; at least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="InvalidOperationException">Two rules say different things of the same verb at the same path.</exception>
    public PathPolicy(IEnumerable<PathRule> rules)
    {
        List<PathGuard> guards = [];
        foreach (IGrouping<string, PathRule> group in rules.GroupBy(rule => rule.Path).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            // Ordinal order puts each path behind those that lead to it.
            PathGuard? above = guards.FindLast(guard => guard.Holds(group.Key));
            guards.Add(new PathGuard(group.Key, above, group));
        }

        Guards = guards.Count > 0 ? guards : throw new ArgumentException("A path policy needs at least one rule.", nameof(rules));
    }

    /// <summary>One guard for each path that rules name, those further up before those beneath them.</summary>
    public IReadOnlyList<PathGuard> Guards { get; }

    /// <summary>The guard of what lies at or beneath no other's path; null when there is none at <c>/</c>.</summary>
    public PathGuard? Top => Guards[0].Path == "/" ? Guards[0] : null;
}
