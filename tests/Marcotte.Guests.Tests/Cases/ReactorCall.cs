using System.Globalization;
using System.Text.RegularExpressions;

namespace Marcotte.Guests.Tests;

/// <summary>A call to an export of a reactor, and the result that must come.</summary>
internal sealed partial record ReactorCall(string Export, int[] Arguments, char Relation, long Result)
{
    internal static ReactorCall Parse(string word)
    {
        Match match = Pattern().Match(word);
        if (!match.Success)
        {
            throw new FormatException($"'{word}' is no call of a reactor; write NAME=N, NAME>N or NAME(N,N)=N.");
        }

        string arguments = match.Groups["arguments"].Value;
        return new ReactorCall(
            match.Groups["export"].Value,
            arguments.Length == 0 ? [] : [.. arguments.Split(',').Select(argument => int.Parse(argument, CultureInfo.InvariantCulture))],
            match.Groups["relation"].Value[0],
            long.Parse(match.Groups["result"].Value, CultureInfo.InvariantCulture));
    }

    internal void Check(object? result)
    {
        long value = Convert.ToInt64(result, CultureInfo.InvariantCulture);
        Assert.That(value, Relation == '=' ? Is.EqualTo(Result) : Is.GreaterThan(Result), Export);
    }

    [GeneratedRegex(@"^(?<export>\w+)(\((?<arguments>[-\d,]*)\))?(?<relation>[=>])(?<result>-?\d+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
