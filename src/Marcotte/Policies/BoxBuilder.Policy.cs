using Marcotte.Core;

namespace Marcotte;

public sealed partial class BoxBuilder
{
    private PolicyOptions? _policy;

    /// <summary>
    /// Says what boxes may do with the surface that they have: which calls are denied, end the guest or are observed, by
    /// name, by descriptor and by path. May be called several times. Without it a call costs nothing more.
    /// </summary>
    /// <param name="configure">Adds rules.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A rule makes no sense.</exception>
    public BoxBuilder WithPolicy(Action<PolicyOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(_policy ??= new PolicyOptions());
        return this;
    }

    /// <summary>Has somebody told of what the rules of the policy find, such as an <see cref="AuditChannel"/>.</summary>
    /// <param name="sink">Who is told; serves all boxes of the template.</param>
    /// <returns>This builder.</returns>
    public BoxBuilder WithAudit(AuditSink sink)
    {
        _defaults = _defaults with { Audit = sink };
        return this;
    }
}
