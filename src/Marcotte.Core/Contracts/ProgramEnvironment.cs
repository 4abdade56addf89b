namespace Marcotte.Core;

/// <summary>What an environment layer gives a box: the arguments and variables of its first process, and its name.</summary>
[LayerContract("arguments and variables", "UseEnv", "Marcotte.Env")]
public abstract class ProgramEnvironment
{
    /// <summary>What a box without an environment layer has: nothing.</summary>
    public static ProgramEnvironment None { get; } = new NoEnvironment();

    /// <summary>The arguments of the first process, its own name first.</summary>
    public virtual ByteStrings Arguments => ByteStrings.Empty;

    /// <summary>The variables of the first process, each as KEY=VALUE.</summary>
    public virtual ByteStrings Variables => ByteStrings.Empty;

    /// <summary>The box's host name.</summary>
    public virtual string HostName => "box";

    private sealed class NoEnvironment : ProgramEnvironment;
}
