namespace Marcotte;

/// <summary>What configuration says of boxes; bound by <c>AddMarcotte(configuration)</c>.</summary>
public sealed class MarcotteOptions
{
    /// <summary>The engine that all templates share.</summary>
    public EngineSettings Engine { get; set; } = new();

    /// <summary>Limits of every template's boxes, unless the template says otherwise.</summary>
    public LimitSettings Limits { get; set; } = new();

    /// <summary>What is said of templates by their names; it goes before what their registration says.</summary>
    public Dictionary<string, TemplateSettings> Templates { get; set; } = [];

    /// <summary>Whether all templates are built before the host starts, so that one that is wrong fails the start.</summary>
    public bool BuildAtStart { get; set; }

    /// <summary>Which part of the engine's pool may be in use before the health check calls it degraded; from 0 to 1.</summary>
    public double DegradedAt { get; set; } = 0.9;

    internal BoxEngineOptions ForEngine()
    {
        BoxEngineOptions defaults = new();
        return defaults with
        {
            Pooling = Engine.Pooling ?? defaults.Pooling,
            MaxBoxes = Engine.MaxBoxes ?? defaults.MaxBoxes,
            StackBytes = Limits.StackBytes ?? defaults.StackBytes,
            Fuel = Engine.Fuel || Limits.Fuel is not null || Templates.Values.Any(template => template.Limits.Fuel is not null),
            CacheDirectory = Engine.CacheDirectory,
        };
    }
}

/// <summary>The engine, as configuration tells it; what is null is as <see cref="BoxEngineOptions"/> has it.</summary>
public sealed class EngineSettings
{
    /// <summary><see cref="BoxEngineOptions.Pooling"/>.</summary>
    public bool? Pooling { get; set; }

    /// <summary><see cref="BoxEngineOptions.MaxBoxes"/>.</summary>
    public int? MaxBoxes { get; set; }

    /// <summary><see cref="BoxEngineOptions.Fuel"/>; on without it when a limit of fuel is configured.</summary>
    public bool Fuel { get; set; }

    /// <summary><see cref="BoxEngineOptions.CacheDirectory"/>.</summary>
    public string? CacheDirectory { get; set; }
}

/// <summary>A template, as configuration tells it.</summary>
public sealed class TemplateSettings
{
    /// <summary>Limits of its boxes.</summary>
    public LimitSettings Limits { get; set; } = new();
}
