using System.IO.Enumeration;

namespace Marcotte.Core;

/// <summary>A name of host calls with wildcards: <c>sock_*</c>, or with its module <c>wasi_snapshot_preview1.sock_*</c>.</summary>
/// <remarks>Without a dot it means the name, in whatever module: two versions of an ABI are no way around a rule.</remarks>
internal sealed class CallPattern
{
    private CallPattern(string text)
    {
        Text = text;
        IsExact = text.AsSpan().IndexOfAny('*', '?') < 0;
    }

    public string Text { get; }

    /// <summary>Whether it has no wildcard.</summary>
    public bool IsExact { get; }

    /// <exception cref="ArgumentException">It is no pattern.</exception>
    public static CallPattern Parse(string calls)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(calls);
        return calls.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '\\' or ',')
            ? throw new ArgumentException(
                $"\"{calls}\" is no pattern for calls: it is one name, such as \"fd_write\" or \"sock_*\", with no space, comma or backslash; make a rule for each.", nameof(calls))
            : new CallPattern(calls);
    }

    public bool Matches(Syscall syscall) => FileSystemName.MatchesSimpleExpression(
        Text,
        Text.Contains('.', StringComparison.Ordinal) ? $"{syscall.Module}.{syscall.Name}" : syscall.Name,
        ignoreCase: false);

    /// <summary>Sees to it that a rule means something: one that matches nothing would be a rule that is not there.</summary>
    /// <exception cref="ArgumentException">It matches no call of a surface; the message has near ones.</exception>
    public void Require(IReadOnlyList<Syscall> surface)
    {
        if (surface.Any(Matches))
        {
            return;
        }

        string[] near = NearNames.Of(Text, surface);
        string hint = near.Length > 0 ? $"did you mean {string.Join(", ", near)}?" : "see HostSurface.Imports for those there are.";
        throw new ArgumentException($"The policy's pattern \"{Text}\" matches no call of the box's surface; {hint}");
    }

    public override string ToString() => Text;
}
