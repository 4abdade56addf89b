using Marcotte.Core;

namespace Marcotte;

/// <summary>The policy of a template, held against its surface.</summary>
/// <param name="Calls">Rules on calls; null when there are none.</param>
/// <param name="Paths">Rules on paths; null when there are none.</param>
internal sealed record SealedPolicy(CallPolicy? Calls, PathPolicy? Paths)
{
    private static readonly SealedPolicy None = new(null, null);

    /// <exception cref="ArgumentException">A rule means nothing on this surface.</exception>
    /// <exception cref="InvalidOperationException">Rules do not go together, or nothing would see to them.</exception>
    internal static SealedPolicy Seal(PolicyOptions? options, LayerSet layers)
    {
        if (options is null)
        {
            return None;
        }

        PathPolicy? paths = options.BuildPaths();
        if (paths is not null && !layers.Contracts.Contains(typeof(PathPolicy)))
        {
            throw new InvalidOperationException(
                $"The policy has a rule on the path {paths.Guards[0].Path}, but no layer of the box checks rules on paths; call UseVfs() (package Marcotte.Vfs), or remove the rule.");
        }

        return new SealedPolicy(BuildCalls(options, layers), paths);
    }

    /// <summary>The rules on calls that one box has beside its template's.</summary>
    /// <exception cref="ArgumentException">A rule means nothing on this surface.</exception>
    /// <exception cref="InvalidOperationException">Rules do not go together, or are none that a box can have alone.</exception>
    internal static CallPolicy? Personal(Action<PolicyOptions>? configure, LayerSet layers)
    {
        if (configure is null)
        {
            return null;
        }

        PolicyOptions options = new();
        configure(options);
        return options.BuildPaths() is null
            ? BuildCalls(options, layers)
            : throw new InvalidOperationException("BoxStart.Policy has a rule on a path; path rules hold for all boxes of a template: call WithPolicy() on its builder.");
    }

    private static CallPolicy? BuildCalls(PolicyOptions options, LayerSet layers) =>
        options.BuildCalls([.. layers.Syscalls]);
}
