using Marcotte;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Where everybody looks for it.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers Marcotte with a service collection.</summary>
public static class MarcotteServices
{
    /// <summary>Adds an engine that all templates share, and an <see cref="IBoxFactory"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="engine">The engine's options; defaults when null.</param>
    /// <returns>For adding templates.</returns>
    public static MarcotteServicesBuilder AddMarcotte(this IServiceCollection services, BoxEngineOptions? engine = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions();
        services.TryAddSingleton(_ => new BoxEngine(engine));
        services.TryAddSingleton<IBoxFactory, BoxFactory>();
        return new MarcotteServicesBuilder(services);
    }
}

/// <summary>Adds templates to a service collection.</summary>
public sealed class MarcotteServicesBuilder
{
    internal MarcotteServicesBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a template; it is built when it is first asked for.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="module">Its program.</param>
    /// <param name="configure">Says what its boxes are made of.</param>
    /// <returns>This builder.</returns>
    public MarcotteServicesBuilder AddTemplate(string name, GuestModule module, Action<BoxBuilder> configure) =>
        AddTemplate(name, module, (_, builder) => configure(builder));

    /// <summary>Adds a template that needs other services; it is built when it is first asked for.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="module">Its program.</param>
    /// <param name="configure">Says what its boxes are made of.</param>
    /// <returns>This builder.</returns>
    public MarcotteServicesBuilder AddTemplate(string name, GuestModule module, Action<IServiceProvider, BoxBuilder> configure)
    {
        Services.Configure<BoxTemplateRegistry>(registry =>
        {
            if (!registry.Templates.TryAdd(name, new RegisteredTemplate(module, configure)))
            {
                throw new InvalidOperationException($"There are two templates named '{name}'; give one another name.");
            }
        });
        return this;
    }
}

/// <summary>The templates that were added.</summary>
internal sealed class BoxTemplateRegistry
{
    public Dictionary<string, RegisteredTemplate> Templates { get; } = [];
}

/// <summary>A template that was added.</summary>
internal sealed record RegisteredTemplate(GuestModule Module, Action<IServiceProvider, BoxBuilder> Configure);

/// <summary>Builds each template once, on the engine that all share.</summary>
internal sealed class BoxFactory(BoxEngine engine, IOptions<BoxTemplateRegistry> registry, IServiceProvider services) : IBoxFactory, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, BoxTemplate> _built = [];
    private bool _disposed;

    public BoxTemplate GetTemplate(string name)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_built.TryGetValue(name, out BoxTemplate? template))
            {
                template = Build(name);
                _built.Add(name, template);
            }

            return template;
        }
    }

    public Box Create(string name, BoxStart? start = null) => GetTemplate(name).Create(start);

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (BoxTemplate template in _built.Values)
            {
                template.Dispose();
            }

            _built.Clear();
        }
    }

    private BoxTemplate Build(string name)
    {
        if (!registry.Value.Templates.TryGetValue(name, out RegisteredTemplate? registered))
        {
            throw new ArgumentException(
                $"There is no template named '{name}'; there {(registry.Value.Templates.Count == 0 ? "is none at all" : $"are {string.Join(", ", registry.Value.Templates.Keys)}")}. Add it with AddMarcotte().AddTemplate().", nameof(name));
        }

        BoxBuilder builder = new BoxBuilder().WithEngine(engine);
        registered.Configure(services, builder);
        return builder.Build(registered.Module);
    }
}
