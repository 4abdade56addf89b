using System.Text;
using Marcotte.Core;

namespace Marcotte.Env;

/// <summary>
/// An environment that does not change. From one, others are made that differ in a thing: a host that starts a box of a
/// template with arguments of its own puts such a one into <see cref="Kernel.Environment"/> before the box starts.
/// </summary>
public sealed class FixedEnvironment : ProgramEnvironment
{
    /// <summary>Makes an environment.</summary>
    /// <param name="arguments">The arguments, the program's own name first.</param>
    /// <param name="variables">The variables; of those with the same key the last counts.</param>
    /// <param name="hostName">The box's host name, 1 to 64 bytes.</param>
    /// <exception cref="ArgumentException">
    /// A key is empty or holds '='; a text holds a NUL or is no valid UTF-16; the host name is empty or too long.
    /// </exception>
    public FixedEnvironment(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> variables, string hostName = "box")
        : this(Pack(arguments), Pack(variables), Checked(hostName))
    {
    }

    private FixedEnvironment(ByteStrings arguments, ByteStrings variables, string hostName)
    {
        Arguments = arguments;
        Variables = variables;
        HostName = hostName;
    }

    /// <inheritdoc/>
    public override ByteStrings Arguments { get; }

    /// <inheritdoc/>
    public override ByteStrings Variables { get; }

    /// <inheritdoc/>
    public override string HostName { get; }

    /// <summary>An environment that says the same as another.</summary>
    /// <param name="environment">The other.</param>
    /// <returns>The environment, from which others can be made.</returns>
    public static FixedEnvironment From(ProgramEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return environment as FixedEnvironment ?? new FixedEnvironment(environment.Arguments, environment.Variables, environment.HostName);
    }

    /// <summary>The same program with other arguments.</summary>
    /// <param name="arguments">The arguments after the program's name, which stays.</param>
    /// <returns>Another environment.</returns>
    /// <exception cref="ArgumentException">A text holds a NUL or is no valid UTF-16.</exception>
    public FixedEnvironment WithArguments(params IEnumerable<string> arguments)
    {
        string name = Arguments.Count == 0 ? EnvOptions.DefaultProgramName : Encoding.UTF8.GetString(Arguments[0]);
        return new FixedEnvironment(Pack(arguments.Prepend(name)), Variables, HostName);
    }

    /// <summary>The same arguments for a program of another name.</summary>
    /// <param name="name">The first argument.</param>
    /// <returns>Another environment.</returns>
    /// <exception cref="ArgumentException">The name holds a NUL or is no valid UTF-16.</exception>
    public FixedEnvironment WithProgramName(string name)
    {
        List<string> arguments = [name];
        for (int i = 1; i < Arguments.Count; i++)
        {
            arguments.Add(Encoding.UTF8.GetString(Arguments[i]));
        }

        return new FixedEnvironment(Pack(arguments), Variables, HostName);
    }

    /// <summary>The same with a variable more, or with another value for one.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Another environment.</returns>
    /// <exception cref="ArgumentException">The key is empty or holds '='; a text holds a NUL or is no valid UTF-16.</exception>
    public FixedEnvironment WithVariable(string key, string value) =>
        new(Arguments, Pack(Pairs().Append(KeyValuePair.Create(key, value))), HostName);

    private static string Checked(string hostName)
    {
        ArgumentNullException.ThrowIfNull(hostName);
        EnvironmentRules.CheckHostName(hostName);
        return hostName;
    }

    private static ByteStrings Pack(IEnumerable<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        string[] texts = [.. arguments];
        foreach (string text in texts)
        {
            ArgumentNullException.ThrowIfNull(text, nameof(arguments));
            EnvironmentRules.CheckText("The argument", text);
        }

        return new ByteStrings(texts);
    }

    /// <summary>A key keeps the place at which it came first, as when a program sets a variable anew.</summary>
    private static ByteStrings Pack(IEnumerable<KeyValuePair<string, string>> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        OrderedDictionary<string, string> distinct = new(StringComparer.Ordinal);
        foreach ((string key, string value) in variables)
        {
            ArgumentNullException.ThrowIfNull(key, nameof(variables));
            ArgumentNullException.ThrowIfNull(value, nameof(variables));
            EnvironmentRules.CheckVariable(key, value);
            distinct[key] = value;
        }

        return new ByteStrings(distinct.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    private IEnumerable<KeyValuePair<string, string>> Pairs()
    {
        for (int i = 0; i < Variables.Count; i++)
        {
            string[] parts = Encoding.UTF8.GetString(Variables[i]).Split('=', 2);
            yield return KeyValuePair.Create(parts[0], parts.Length == 2 ? parts[1] : string.Empty);
        }
    }
}
