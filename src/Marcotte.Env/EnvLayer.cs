using Marcotte.Core;

namespace Marcotte.Env;

/// <summary>Gives each box its environment and entropy, and its first process arguments, variables and an identity.</summary>
public sealed class EnvLayer : Layer
{
    private readonly ProgramEnvironment _environment;
    private readonly Func<EntropySource>? _entropy;
    private readonly Credentials _credentials;
    private readonly ushort _umask;

    internal EnvLayer(ProgramEnvironment environment, Func<EntropySource>? entropy, Credentials credentials, ushort umask)
    {
        _environment = environment;
        _entropy = entropy;
        _credentials = credentials;
        _umask = umask;
        Provides = entropy is null ? [typeof(ProgramEnvironment)] : [typeof(ProgramEnvironment), typeof(EntropySource)];
    }

    /// <inheritdoc/>
    public override string Name => "env";

    /// <inheritdoc/>
    public override int ContractVersion => CoreContract.Version;

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Provides { get; }

    /// <inheritdoc/>
    public override void Attach(Kernel kernel)
    {
        kernel.Environment = _environment;
        if (_entropy is not null)
        {
            kernel.Entropy = _entropy();
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// What counts is the kernel's environment at this moment, so that a host may have put another in its place: one box's
    /// own arguments, say.
    /// </remarks>
    /// <exception cref="ArgumentException">That environment is larger than <see cref="Limits.ArgumentBytes"/>.</exception>
    public override void Start(Process process)
    {
        ProgramEnvironment environment = process.Kernel.Environment;
        EnvironmentRules.CheckSize(environment, process.Kernel.Limits);
        process.Arguments = environment.Arguments;
        process.Variables = environment.Variables;
        process.Credentials = _credentials;
        process.Umask = _umask;
    }
}
