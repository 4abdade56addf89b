using Marcotte.Core;
using Microsoft.Extensions.Options;

namespace Marcotte;

/// <summary>Holds configuration against what there can be. Each message names the key and says what to write there.</summary>
internal sealed class MarcotteOptionsValidator(IOptions<BoxTemplateRegistry> registry, OptionsSource? source = null) : IValidateOptions<MarcotteOptions>
{
    private readonly string _path = source?.Path ?? nameof(Marcotte);

    public ValidateOptionsResult Validate(string? name, MarcotteOptions options)
    {
        List<string> failures = [];
        CheckEngine(options, failures);
        CheckLimits($"{_path}:{nameof(options.Limits)}", options.Limits, failures);
        foreach ((string template, TemplateSettings settings) in options.Templates)
        {
            CheckTemplate(template, settings, failures);
        }

        if (!(options.DegradedAt is > 0 and <= 1))
        {
            failures.Add($"{_path}:{nameof(options.DegradedAt)} is {options.DegradedAt}; give it a part of the pool above 0 and up to 1, such as 0.9.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckLimits(string path, LimitSettings settings, List<string> failures)
    {
        try
        {
            settings.Apply(Limits.Default).Validate();
        }
        catch (ArgumentOutOfRangeException exception)
        {
            failures.Add($"{path}:{exception.ParamName} is {exception.ActualValue}; {FirstLine(exception.Message).Split("; ", 2)[^1].TrimEnd('.')}, or leave it out for the default.");
        }
    }

    private void CheckEngine(MarcotteOptions options, List<string> failures)
    {
        try
        {
            options.ForEngine().Validate();
        }
        catch (ArgumentOutOfRangeException exception)
        {
            string section = exception.ParamName == nameof(LimitSettings.StackBytes) ? nameof(options.Limits) : nameof(options.Engine);
            failures.Add($"{_path}:{section}:{exception.ParamName} is {exception.ActualValue}. {FirstLine(exception.Message)}");
        }

        if (options.Engine.CacheDirectory is { } directory && string.IsNullOrWhiteSpace(directory))
        {
            failures.Add($"{_path}:{nameof(options.Engine)}:{nameof(options.Engine.CacheDirectory)} is empty; name a directory that only this host's user may write to, or leave it out.");
        }
    }

    private void CheckTemplate(string template, TemplateSettings settings, List<string> failures)
    {
        string path = $"{_path}:{nameof(MarcotteOptions.Templates)}:{template}";
        if (!registry.Value.Templates.ContainsKey(template))
        {
            failures.Add($"{path} names a template that was not added; {registry.Value.Known()}. Add it with AddMarcotte().AddTemplate(), or remove the key.");
        }

        CheckLimits($"{path}:{nameof(settings.Limits)}", settings.Limits, failures);
        if (settings.Limits.StackBytes is not null)
        {
            failures.Add($"{path}:{nameof(settings.Limits)}:{nameof(settings.Limits.StackBytes)} cannot be a template's own, the engine has one for all; set {_path}:{nameof(settings.Limits)}:{nameof(settings.Limits.StackBytes)}.");
        }
    }

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Split(" (Parameter", 2)[0];
}

/// <summary>Where in the configuration the options come from, for messages.</summary>
internal sealed record OptionsSource(string Path);
