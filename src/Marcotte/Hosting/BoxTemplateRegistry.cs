namespace Marcotte;

/// <summary>The templates that were added.</summary>
internal sealed class BoxTemplateRegistry
{
    public Dictionary<string, RegisteredTemplate> Templates { get; } = [];

    internal void Add(string name, RegisteredTemplate template)
    {
        if (!Templates.TryAdd(name, template))
        {
            throw new InvalidOperationException($"There are two templates named '{name}'; give one another name.");
        }
    }

    /// <summary>Those there are, in words.</summary>
    internal string Known() => Templates.Count == 0 ? "there is none at all" : $"there are {string.Join(", ", Templates.Keys)}";
}

/// <summary>A template that was added.</summary>
internal sealed record RegisteredTemplate(GuestModule Module, Action<IServiceProvider, BoxBuilder> Configure);
