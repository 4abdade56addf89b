namespace Marcotte.Cli;

/// <summary>A variable for the program: <c>K=V</c>, or <c>K</c> for the host's value of it.</summary>
internal static class Variable
{
    internal static KeyValuePair<string, string> Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string key = equals < 0 ? text : text[..equals];
        if (key.Length == 0)
        {
            throw new HostMistakeException($"--env '{text}' names no variable; write --env NAME=VALUE");
        }

        string? value = equals < 0 ? Environment.GetEnvironmentVariable(key) : text[(equals + 1)..];
        return KeyValuePair.Create(key, value
            ?? throw new HostMistakeException($"--env {key} copies a variable that is not set here; write --env {key}=VALUE"));
    }
}
