using Marcotte;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Where everybody looks for it.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers Marcotte with a service collection.</summary>
public static class MarcotteServices
{
    /// <summary>
    /// Adds an engine that all templates share, an <see cref="IBoxFactory"/>, and options that are checked when the host starts.
    /// What is logged and measured goes to the collection's loggers and meters.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <returns>For adding templates.</returns>
    public static MarcotteServicesBuilder AddMarcotte(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<MarcotteOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MarcotteOptions>, MarcotteOptionsValidator>(
            provider => new MarcotteOptionsValidator(provider.GetRequiredService<IOptions<BoxTemplateRegistry>>(), provider.GetService<OptionsSource>())));
        services.TryAddSingleton(provider => new BoxEngine(provider.GetRequiredService<IOptions<MarcotteOptions>>().Value.ForEngine()));
        services.TryAddSingleton<BoxFactory>();
        services.TryAddSingleton<IBoxFactory>(provider => provider.GetRequiredService<BoxFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TemplateStarter>());
        return new MarcotteServicesBuilder(services);
    }

    /// <summary>As <see cref="AddMarcotte(IServiceCollection)"/>, with options set by code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>For adding templates.</returns>
    public static MarcotteServicesBuilder AddMarcotte(this IServiceCollection services, Action<MarcotteOptions> configure)
    {
        MarcotteServicesBuilder builder = services.AddMarcotte();
        services.Configure(configure);
        return builder;
    }

    /// <summary>As <see cref="AddMarcotte(IServiceCollection)"/>, with options out of configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">Has <see cref="MarcotteOptions"/>, as in <c>configuration.GetSection("Marcotte")</c>.</param>
    /// <returns>For adding templates.</returns>
    public static MarcotteServicesBuilder AddMarcotte(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        MarcotteServicesBuilder builder = services.AddMarcotte();
        services.AddOptions<MarcotteOptions>().Bind(configuration);
        if (configuration is IConfigurationSection section)
        {
            services.Replace(ServiceDescriptor.Singleton(new OptionsSource(section.Path)));
        }

        return builder;
    }
}

/// <summary>Adds templates to a service collection.</summary>
public sealed class MarcotteServicesBuilder
{
    internal MarcotteServicesBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Adds a template, which <see cref="IBoxFactory"/> has by its name, and the services as a <see cref="BoxTemplate"/> with that
    /// key. It is built when it is first asked for, or at the host's start (<see cref="MarcotteOptions.BuildAtStart"/>).
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="module">Its program.</param>
    /// <param name="configure">Says what its boxes are made of.</param>
    /// <returns>This builder.</returns>
    public MarcotteServicesBuilder AddTemplate(string name, GuestModule module, Action<BoxBuilder> configure) =>
        AddTemplate(name, module, (_, builder) => configure(builder));

    /// <summary>Adds a template that needs other services, as <see cref="AddTemplate(string, GuestModule, Action{BoxBuilder})"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="module">Its program.</param>
    /// <param name="configure">Says what its boxes are made of.</param>
    /// <returns>This builder.</returns>
    public MarcotteServicesBuilder AddTemplate(string name, GuestModule module, Action<IServiceProvider, BoxBuilder> configure)
    {
        Services.Configure<BoxTemplateRegistry>(registry => registry.Add(name, new RegisteredTemplate(module, configure)));
        Services.AddKeyedSingleton(name, (provider, _) => provider.GetRequiredService<IBoxFactory>().GetTemplate(name));
        return this;
    }
}
