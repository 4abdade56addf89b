namespace Marcotte.Cli;

/// <summary>How something is mounted.</summary>
[Flags]
internal enum MountTraits
{
    None = 0,

    /// <summary>The program can change nothing in it.</summary>
    ReadOnly = 1,

    /// <summary>It was said to be written to.</summary>
    Writable = 2,

    /// <summary>What the program changes goes to memory, and the host's stays as it is.</summary>
    Overlay = 4,

    /// <summary>No file in it can be executed.</summary>
    NoExecute = 8,
}

/// <summary>The words behind the last colon of <c>--mount</c>.</summary>
internal static class MountWords
{
    private static readonly Dictionary<string, MountTraits> Known = new(StringComparer.Ordinal)
    {
        ["ro"] = MountTraits.ReadOnly,
        ["rw"] = MountTraits.Writable,
        ["overlay"] = MountTraits.Overlay,
        ["noexec"] = MountTraits.NoExecute,
    };

    /// <summary>Takes them off; without a colon before them they are part of a path.</summary>
    internal static (string Paths, MountTraits Traits) Split(string text)
    {
        int colon = text.LastIndexOf(':');
        string tail = text[(colon + 1)..];
        if (colon < 0 || tail.Contains('/', StringComparison.Ordinal) || !text[..colon].Contains(':', StringComparison.Ordinal))
        {
            return (text, MountTraits.None);
        }

        MountTraits traits = MountTraits.None;
        foreach (string word in tail.Split(','))
        {
            traits |= Known.TryGetValue(word, out MountTraits trait)
                ? trait
                : throw new HostMistakeException($"--mount '{text}' ends in '{word}'; write ro, rw, overlay or noexec there, several with commas between");
        }

        bool contradicts = traits.HasFlag(MountTraits.ReadOnly | MountTraits.Writable) || traits.HasFlag(MountTraits.ReadOnly | MountTraits.Overlay);
        return contradicts
            ? throw new HostMistakeException($"--mount '{text}' is to be read-only and written to; leave one out")
            : (text[..colon], traits);
    }
}
