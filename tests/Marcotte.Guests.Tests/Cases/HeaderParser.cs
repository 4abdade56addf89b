using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Marcotte.Guests.Tests;

/// <summary>Reads guests' headers and scenarios' steps; tests/guests/README.md has their grammar.</summary>
internal static partial class HeaderParser
{
    private static readonly HashSet<string> GuestKeys =
        ["expect", "compare", "stdout", "args", "env", "stdin", "preopen", "setup", "after", "limit", "needs", "reactor", "archive", "class"];

    private static readonly HashSet<string> StepKeys =
        ["program", "expect", "stdout", "args", "env", "stdin", "preopen", "setup", "after", "same", "limit", "needs"];

    /// <summary>All on in every box, but for the one that Wasmtime's .NET interface has no switch for.</summary>
    private static readonly HashSet<string> Features =
        ["bulk-memory", "custom-page-sizes", "exceptions", "gc", "memory64", "multi-memory", "simd", "tail-call", "threads", "wasi_unstable"];

    /// <summary>The comment lines at the top of a source, without what makes them comments.</summary>
    internal static IEnumerable<string> Comment(IEnumerable<string> source, string mark) =>
        source.TakeWhile(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..]);

    /// <summary>What a guest's header says.</summary>
    internal static GuestCase Guest(GuestCase guest, IEnumerable<string> header)
    {
        foreach ((string key, string value) in Settings(header, GuestKeys))
        {
            guest = Apply(guest, key, value, null);
        }

        return guest.Expectations.Count > 0 ? guest : throw new FormatException($"The header of {guest.Name} expects nothing.");
    }

    /// <summary>The steps of a scenario.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="program">Gives a program's file.</param>
    internal static IReadOnlyList<GuestCase> Scenario(string folder, Func<string, string> program)
    {
        List<List<string>> steps = [[]];
        foreach (string line in File.ReadLines(Path.Combine(folder, "case")).Where(line => !line.StartsWith('#')))
        {
            if (line.Length == 0)
            {
                steps.Add([]);
            }
            else
            {
                steps[^1].Add(line);
            }
        }

        return [.. steps.Where(step => step.Count > 0).Select(step => Step(step, folder, program))];
    }

    private static GuestCase Step(List<string> lines, string folder, Func<string, string> program)
    {
        List<(string Key, string Value)> settings = [.. Settings(lines, StepKeys)];
        if (settings.Count != lines.Count)
        {
            throw new FormatException($"A step of {folder} has a line that says nothing: {string.Join(" | ", lines)}");
        }

        string name = settings.Single(setting => setting.Key == "program").Value;
        GuestCase step = new(name, program(name)) { TellsPreopens = false };
        foreach ((string key, string value) in settings.Where(setting => setting.Key != "program"))
        {
            step = Apply(step, key, value, folder);
        }

        return step;
    }

    private static IEnumerable<(string Key, string Value)> Settings(IEnumerable<string> lines, HashSet<string> keys)
    {
        foreach (string line in lines)
        {
            Match match = Setting().Match(line);
            if (match.Success && keys.Contains(match.Groups["key"].Value))
            {
                yield return (match.Groups["key"].Value, match.Groups["value"].Value);
            }
        }
    }

    private static GuestCase Apply(GuestCase guest, string key, string value, string? folder) => key switch
    {
        "expect" => guest with { Expectations = [.. Words.SplitText(value).Select(Expectation.Parse)] },
        "compare" => guest with { Companions = Words.SplitText(value).Aggregate(Companions.None, (all, word) => all | Companion(word)) },
        "stdout" => guest with { Output = folder is null ? Words.Split(value).Single() : File.ReadAllBytes(Path.Combine(folder, value)) },
        "args" => guest with { Arguments = Words.SplitText(value) },
        "env" => guest with { Variables = [.. guest.Variables, Variable(value)] },
        "stdin" => guest with { Input = folder is null ? Input(value) : new InputText(File.ReadAllBytes(Path.Combine(folder, value)), false) },
        "preopen" => guest with { Preopens = [.. guest.Preopens, Preopen(value)] },
        "setup" => guest with { Setup = [.. guest.Setup, SetupStep.Parse(value, folder)] },
        "after" => guest with { After = [.. guest.After, AfterCheck.Parse(value)] },
        "same" => guest with { After = [.. guest.After, Same(value, folder!)] },
        "limit" => guest with { Limits = Words.SplitText(value).Aggregate(guest.Limits, Limit) },
        "needs" when Words.SplitText(value).All(Features.Contains) => guest,
        "archive" when value == "everything" => guest with { OnArchives = ArchiveUse.Everything },
        "class" => guest with { Classes = [.. guest.Classes, value] },
        "reactor" => guest with { Calls = [.. Words.SplitText(value).Select(ReactorCall.Parse)] },
        _ => throw new FormatException($"{guest.Name}: no such setting: {key}: {value}"),
    };

    private static Companions Companion(string word) => word switch
    {
        "builtin" => Companions.Builtin,
        "native" => Companions.Native,
        _ => throw new FormatException($"Nothing to compare with is called '{word}'."),
    };

    private static KeyValuePair<string, string> Variable(string value)
    {
        string[] parts = value.Split('=', 2);
        return KeyValuePair.Create(parts[0], parts[1]);
    }

    private static InputText Input(string value)
    {
        List<byte[]> words = Words.Split(value);
        return words.Count switch
        {
            1 when value == "open" => new InputText([], true),
            1 => new InputText(words[0], false),
            3 => new InputText(Repeat(words[0], int.Parse(Encoding.UTF8.GetString(words[2]), CultureInfo.InvariantCulture)), false),
            _ => throw new FormatException($"No such standard input: {value}"),
        };
    }

    private static byte[] Repeat(byte[] bytes, int times) => [.. Enumerable.Repeat(bytes, times).SelectMany(piece => piece)];

    private static PreopenedDirectory Preopen(string value) => Words.SplitText(value) switch
    {
        [string path] => new PreopenedDirectory(path, false),
        [string path, "ro"] => new PreopenedDirectory(path, true),
        _ => throw new FormatException($"No such preopen: {value}"),
    };

    private static AfterCheck.IsFile Same(string value, string folder) => Words.SplitText(value) is [string path, string file]
        ? new AfterCheck.IsFile(path, File.ReadAllBytes(Path.Combine(folder, file)))
        : throw new FormatException($"No such comparison: {value}");

    private static CaseLimits Limit(CaseLimits limits, string word)
    {
        string[] parts = word.Split('=', 2);
        long value = long.Parse(parts[1], CultureInfo.InvariantCulture);
        return parts[0] switch
        {
            "descriptors" => limits with { Descriptors = (int)value },
            "bytes" => limits with { Bytes = value },
            "inodes" => limits with { Inodes = value },
            "memory" => limits with { Memory = value },
            "table" => limits with { Table = (uint)value },
            _ => throw new FormatException($"No such limit: {word}"),
        };
    }

    [GeneratedRegex("^ ?(?<key>[a-z]+):(?: (?<value>.*))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Setting();
}
