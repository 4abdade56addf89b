namespace Marcotte.Core;

/// <summary>
/// What a host says of what its boxes may do with the surface that they have. The order of calls does not matter: what is
/// denied by any rule is denied, and what no rule speaks of is allowed.
/// </summary>
/// <remarks>
/// A call is named as in its ABI, without regard to the module (<c>fd_write</c>), or with it
/// (<c>wasi_snapshot_preview1.fd_write</c>); <c>*</c> and <c>?</c> stand for letters. A pattern that matches no call of the surface is
/// an error when the box is built. Of several denials of a call the one that names it without a wildcard gives the errno. A call
/// that answers no errno (<c>proc_exit</c>) ends the guest when a pattern denies it.
/// </remarks>
public sealed class PolicyOptions
{
    private readonly List<CallRule> _calls = [];
    private readonly List<CallPattern> _allowed = [];
    private readonly List<PathRule> _paths = [];

    /// <summary>Calls are not made, and answer an errno.</summary>
    /// <param name="calls">A pattern of calls.</param>
    /// <param name="errno">The errno.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The pattern is none, or the errno is success.</exception>
    public PolicyOptions Deny(string calls, Errno errno = Errno.Perm) => Add(new CallRule(RuleVerb.Deny, CallPattern.Parse(calls), Error(errno)));

    /// <summary>Calls are not made, and end the guest: its outcome is killed.</summary>
    /// <param name="calls">A pattern of calls.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The pattern is none.</exception>
    public PolicyOptions Kill(string calls) => Add(new CallRule(RuleVerb.Kill, CallPattern.Parse(calls), Errno.Perm));

    /// <summary>Calls are told of when they have completed. Without an audit sink it does nothing.</summary>
    /// <param name="calls">A pattern of calls.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The pattern is none.</exception>
    public PolicyOptions Observe(string calls) => Add(new CallRule(RuleVerb.Observe, CallPattern.Parse(calls), Errno.Perm));

    /// <summary>
    /// Calls that match none of these patterns, nor those of another call of this method, are denied with EPERM, or end the
    /// guest where they answer no errno: list <c>proc_exit</c>.
    /// </summary>
    /// <param name="calls">Patterns of calls.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">There is no pattern, or one is none.</exception>
    public PolicyOptions AllowOnly(params ReadOnlySpan<string> calls)
    {
        if (calls.IsEmpty)
        {
            throw new ArgumentException("A list of nothing would allow nothing; Deny(\"*\") says so.", nameof(calls));
        }

        foreach (string pattern in calls)
        {
            _allowed.Add(CallPattern.Parse(pattern));
        }

        return this;
    }

    /// <summary>Calls with certain descriptors are not made, and answer an errno.</summary>
    /// <param name="descriptors">The descriptors.</param>
    /// <param name="calls">A pattern of calls; those that take no descriptor are left alone.</param>
    /// <param name="errno">The errno; of several rules that deny a call the lowest counts.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The pattern is none, or the errno is success.</exception>
    public PolicyOptions DenyDescriptors(DescriptorMatch descriptors, string calls = "*", Errno errno = Errno.Perm)
    {
        ArgumentNullException.ThrowIfNull(descriptors);
        return Add(new CallRule(RuleVerb.Deny, CallPattern.Parse(calls), Error(errno), descriptors));
    }

    /// <summary>Calls with certain descriptors are told of when they have completed.</summary>
    /// <param name="descriptors">The descriptors.</param>
    /// <param name="calls">A pattern of calls; those that take no descriptor are left alone.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The pattern is none.</exception>
    public PolicyOptions ObserveDescriptors(DescriptorMatch descriptors, string calls = "*")
    {
        ArgumentNullException.ThrowIfNull(descriptors);
        return Add(new CallRule(RuleVerb.Observe, CallPattern.Parse(calls), Errno.Perm, descriptors));
    }

    /// <summary>
    /// Denies what is done to the file at a path and to all beneath it, whatever path, link or open directory leads there.
    /// </summary>
    /// <param name="path">An absolute path of the box.</param>
    /// <param name="verbs">What is denied.</param>
    /// <param name="errno">What is answered.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">It makes no sense; the message says why.</exception>
    public PolicyOptions DenyPath(string path, PathVerbs verbs = PathVerbs.All, Errno errno = Errno.Access) =>
        Add(new PathRule(path, PathAction.Deny, verbs, errno));

    /// <summary>Allows again at a path and beneath it what a rule further up denies or observes.</summary>
    /// <param name="path">An absolute path of the box.</param>
    /// <param name="verbs">What is allowed.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">It makes no sense; the message says why.</exception>
    public PolicyOptions AllowPath(string path, PathVerbs verbs = PathVerbs.All) => Add(new PathRule(path, PathAction.Allow, verbs));

    /// <summary>Tells of what is about to be done to the file at a path and to all beneath it.</summary>
    /// <param name="path">An absolute path of the box.</param>
    /// <param name="verbs">What is told of.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">It makes no sense; the message says why.</exception>
    public PolicyOptions ObservePath(string path, PathVerbs verbs = PathVerbs.All) => Add(new PathRule(path, PathAction.Observe, verbs));

    /// <summary>Seals the path rules.</summary>
    /// <returns>The policy; null when there are none.</returns>
    /// <exception cref="InvalidOperationException">Two rules contradict each other.</exception>
    public PathPolicy? BuildPaths() => _paths.Count > 0 ? new PathPolicy(_paths) : null;

    /// <summary>Seals the rules on calls for a surface.</summary>
    /// <param name="surface">The calls that it offers.</param>
    /// <returns>The policy; null when there are no such rules.</returns>
    /// <exception cref="ArgumentException">A pattern matches no call of the surface; the message has names that are near.</exception>
    /// <exception cref="InvalidOperationException">Two rules contradict each other, or one asks for what cannot be.</exception>
    public CallPolicy? BuildCalls(IReadOnlyList<Syscall> surface)
    {
        ArgumentNullException.ThrowIfNull(surface);
        return _calls.Count + _allowed.Count > 0 ? new CallPolicy(new CallCompiler([.. _calls], [.. _allowed]).Compile(surface)) : null;
    }

    private static Errno Error(Errno errno) => errno != Errno.Success
        ? errno
        : throw new ArgumentException("A denied call cannot answer success; name an error, such as Errno.Perm.", nameof(errno));

    private PolicyOptions Add(CallRule rule)
    {
        _calls.Add(rule);
        return this;
    }

    private PolicyOptions Add(PathRule rule)
    {
        _paths.Add(rule);
        return this;
    }
}
