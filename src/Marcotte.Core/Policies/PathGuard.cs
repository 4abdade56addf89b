using System.Numerics;
using System.Text;

namespace Marcotte.Core;

/// <summary>What holds for the file at a path and all beneath it, up to the next guard: the rules at its path and those it inherits.</summary>
public sealed class PathGuard
{
    private const int Verbs = 8;

    private readonly PathRule?[] _rules;
    private readonly PathVerbs _denied;
    private readonly PathVerbs _observed;

    internal PathGuard(string path, PathGuard? above, IEnumerable<PathRule> rules)
    {
        Path = path;
        _rules = above is null ? new PathRule?[Verbs] : [.. above._rules];
        foreach (PathRule rule in rules)
        {
            for (int verb = 0; verb < Verbs; verb++)
            {
                if (((int)rule.Verbs >> verb & 1) != 0)
                {
                    _rules[verb] = Replace(_rules[verb], rule);
                }
            }
        }

        _denied = All(PathAction.Deny);
        _observed = All(PathAction.Observe);
    }

    /// <summary>Where it stands: an absolute path of the box in its one form, <c>/</c> for the top.</summary>
    public string Path { get; }

    /// <summary>Whether it neither denies nor observes anything, so that it is there only to end another's reach.</summary>
    public bool IsOpen => (_denied | _observed) == PathVerbs.None;

    /// <summary>Decides, and tells the box's <see cref="Kernel.Audit"/>. Called before anything is done.</summary>
    /// <param name="verbs">What is about to be done to the file that the walk has come to.</param>
    /// <param name="asked">The path as the guest gave it.</param>
    /// <returns>Success to do it; else what to answer, of several denied verbs the lowest one's.</returns>
    public Errno Check(PathVerbs verbs, in PathReference asked)
    {
        PathVerbs denied = verbs & _denied;
        PathVerbs told = denied != PathVerbs.None ? denied : verbs & _observed;
        if (told == PathVerbs.None)
        {
            return Errno.Success;
        }

        PathRule rule = _rules[BitOperations.TrailingZeroCount((uint)told)]!;
        if (asked.Process.Kernel.Audit is { } sink)
        {
            sink.Write(Describe(rule, told, in asked, sink));
        }

        return denied != PathVerbs.None ? rule.Errno : Errno.Success;
    }

    internal bool Holds(string path) =>
        Path == "/" || (path.StartsWith(Path, StringComparison.Ordinal) && (path.Length == Path.Length || path[Path.Length] == '/'));

    private AuditEvent Describe(PathRule rule, PathVerbs told, in PathReference asked, AuditSink sink)
    {
        Process process = asked.Process;
        AuditOrigin origin = new(sink.TimeProvider.GetUtcNow(), process.Kernel.Id, process.Kernel.Name, process.Id, null);
        AuditedPath path = new(Path, Encoding.UTF8.GetString(asked.Path[..Math.Min(asked.Path.Length, process.Kernel.Limits.PathBytes)]));
        return rule.Action == PathAction.Deny
            ? new PathDenied(origin, rule.ToString(), path, told, rule.Errno)
            : new PathObserved(origin, rule.ToString(), path, told);
    }

    private PathVerbs All(PathAction action)
    {
        PathVerbs all = PathVerbs.None;
        for (int verb = 0; verb < Verbs; verb++)
        {
            all |= _rules[verb]?.Action == action ? (PathVerbs)(1 << verb) : PathVerbs.None;
        }

        return all;
    }

    /// <summary>A rule of this very path takes the place of an inherited one, but not of another that says something else.</summary>
    private PathRule Replace(PathRule? present, PathRule rule) =>
        present is null || present.Path != Path || (present.Action == rule.Action && (present.Action != PathAction.Deny || present.Errno == rule.Errno))
            ? rule
            : throw new InvalidOperationException($"The path rules \"{present}\" and \"{rule}\" contradict each other; remove one, or let them speak of different verbs.");
}
