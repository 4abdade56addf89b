using Marcotte.Core;

namespace Marcotte.Env;

/// <summary>
/// What a box's first process is told and who it is. Nothing of the host's own arguments, variables, name or users comes
/// in; random bytes do, unless they are seeded or refused.
/// </summary>
public sealed class EnvOptions : LayerOptions
{
    internal const string DefaultProgramName = "program";

    private readonly List<string> _arguments = [];
    private readonly List<KeyValuePair<string, string>> _variables = [];
    private string _programName = DefaultProgramName;
    private string _hostName = "box";
    private string? _userName;
    private uint _userId;
    private uint _groupId;
    private uint[] _groups = [];
    private int _umask = 0x12;
    private Func<EntropySource>? _entropy = NewSystemEntropy;

    /// <summary>The name by which the program is called: its first argument. <c>program</c> when not said.</summary>
    /// <param name="name">The name.</param>
    /// <returns>These options.</returns>
    public EnvOptions ProgramName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _programName = name;
        return this;
    }

    /// <summary>Adds arguments, behind the program's name and those added before.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>These options.</returns>
    public EnvOptions Arguments(params IEnumerable<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        _arguments.AddRange(arguments);
        return this;
    }

    /// <summary>Adds a variable, or gives one another value.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>These options.</returns>
    public EnvOptions Variable(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        _variables.Add(KeyValuePair.Create(key, value));
        return this;
    }

    /// <summary>Adds variables, or gives some another value.</summary>
    /// <param name="variables">The variables.</param>
    /// <returns>These options.</returns>
    public EnvOptions Variables(IEnumerable<KeyValuePair<string, string>> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        _variables.AddRange(variables);
        return this;
    }

    /// <summary>The box's host name; <c>box</c> when not said.</summary>
    /// <param name="name">The name, 1 to 64 bytes.</param>
    /// <returns>These options.</returns>
    public EnvOptions HostName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _hostName = name;
        return this;
    }

    /// <summary>Who the first process acts as; user 0, who may do all that the box may, when not said.</summary>
    /// <param name="uid">The user.</param>
    /// <param name="gid">The group.</param>
    /// <param name="name">The user's name, for the variables USER and LOGNAME where they are not given; null for neither.</param>
    /// <returns>These options.</returns>
    public EnvOptions User(uint uid, uint gid, string? name = null)
    {
        (_userId, _groupId, _userName) = (uid, gid, name);
        return this;
    }

    /// <summary>The further groups that the first process is in.</summary>
    /// <param name="groups">All of them.</param>
    /// <returns>These options.</returns>
    public EnvOptions Groups(params IEnumerable<uint> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        _groups = [.. groups];
        return this;
    }

    /// <summary>Permission bits that files made by the first process do not get; octal 022 when not said.</summary>
    /// <param name="umask">The bits, octal 0 to 777.</param>
    /// <returns>These options.</returns>
    public EnvOptions Umask(int umask)
    {
        _umask = umask;
        return this;
    }

    /// <summary>Random bytes are the host's. This is the default.</summary>
    /// <returns>These options.</returns>
    public EnvOptions SystemEntropy()
    {
        _entropy = NewSystemEntropy;
        return this;
    }

    /// <summary>
    /// Random bytes follow from a seed: each box gets the same, in every run, on every platform, and by every version of
    /// this package. They are no secret.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <returns>These options.</returns>
    public EnvOptions SeededEntropy(ulong seed)
    {
        _entropy = () => new SeededEntropySource(seed);
        return this;
    }

    /// <summary>There are no random bytes: who asks is answered <see cref="Errno.NoSys"/>.</summary>
    /// <returns>These options.</returns>
    public EnvOptions NoEntropy()
    {
        _entropy = null;
        return this;
    }

    /// <inheritdoc/>
    public override Layer Build(Limits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        EnvironmentRules.CheckUmask(_umask);
        EnvironmentRules.CheckGroups(_groups);
        FixedEnvironment environment = new(_arguments.Prepend(_programName), UserVariables().Concat(_variables), _hostName);
        EnvironmentRules.CheckSize(environment, limits);
        Credentials credentials = new(_userId, _groupId) { Groups = _groups };
        return new EnvLayer(environment, _entropy, credentials, (ushort)_umask);
    }

    private static SystemEntropySource NewSystemEntropy() => new();

    private IEnumerable<KeyValuePair<string, string>> UserVariables() =>
        _userName is null ? [] : [KeyValuePair.Create("USER", _userName), KeyValuePair.Create("LOGNAME", _userName)];
}
