using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Marcotte.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marcotte;

/// <summary>Builds each template once, on the engine that all share.</summary>
internal sealed class BoxFactory(
    BoxEngine engine,
    IOptions<BoxTemplateRegistry> registry,
    IOptions<MarcotteOptions> options,
    IServiceProvider services) : IBoxFactory, IDisposable
{
    private readonly ConcurrentDictionary<string, NamedTemplate> _templates = [];
    private volatile bool _disposed;

    internal BoxEngine Engine => engine;

    internal IEnumerable<string> Names => registry.Value.Templates.Keys;

    public BoxTemplate GetTemplate(string name) => Find(name).Get();

    public Box Create(string name, BoxStart? start = null) => GetTemplate(name).Create(start);

    /// <summary>Why a template cannot be built; null when it is built, which is tried if it never was.</summary>
    internal Exception? Failure(string name) => Find(name).Failure();

    public void Dispose()
    {
        _disposed = true;
        foreach (NamedTemplate template in _templates.Values)
        {
            template.Dispose();
        }
    }

    private NamedTemplate Find(string name)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_templates.TryGetValue(name, out NamedTemplate? template))
        {
            return template;
        }

        if (!registry.Value.Templates.TryGetValue(name, out RegisteredTemplate? registered))
        {
            throw new ArgumentException($"There is no template named '{name}'; {registry.Value.Known()}. Add it with AddMarcotte().AddTemplate().", nameof(name));
        }

        return _templates.GetOrAdd(name, new NamedTemplate(() => Build(name, registered)));
    }

    // What configuration says of all comes first, then the registration, then what configuration says of this one.
    private BoxTemplate Build(string name, RegisteredTemplate registered)
    {
        BoxBuilder builder = new BoxBuilder().WithEngine(engine).WithName(name).WithLimits(options.Value.Limits.Apply(Limits.Default));
        if (services.GetService<ILoggerFactory>() is { } loggers)
        {
            builder.WithLogger(loggers);
        }

        if (services.GetService<IMeterFactory>() is { } meters)
        {
            builder.WithMeters(meters);
        }

        registered.Configure(services, builder);
        if (options.Value.Templates.TryGetValue(name, out TemplateSettings? settings))
        {
            builder.WithLimits(settings.Limits.Apply);
        }

        return builder.Build(registered.Module);
    }
}
