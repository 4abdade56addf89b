using System.CommandLine;

namespace Marcotte.Cli;

/// <summary>
/// Keeps what follows MODULE out of the parser's sight, <c>--</c> included: it puts a <c>--</c> before MODULE, after which
/// the parser takes nothing for an option.
/// </summary>
internal static class VerbatimTail
{
    private const string End = "--";

    /// <summary>Finds MODULE: the first word of a command that is neither an option nor an option's value.</summary>
    /// <param name="command">The command.</param>
    /// <param name="line">The command line, the command's name first.</param>
    /// <returns>The command line for the parser.</returns>
    /// <exception cref="HostMistakeException">There is an unknown option before MODULE.</exception>
    internal static IReadOnlyList<string> Protect(Command command, IReadOnlyList<string> line)
    {
        for (int i = 1; i < line.Count; i++)
        {
            string word = line[i];
            if (word == End || HelpNames.Contains(word))
            {
                return line;
            }

            if (word.Length < 2 || word[0] != '-')
            {
                return [.. line.Take(i), End, .. line.Skip(i)];
            }

            int delimiter = word.AsSpan().IndexOfAny('=', ':');
            string name = delimiter < 0 ? word : word[..delimiter];
            Option option = command.Options.FirstOrDefault(known => known.Name == name)
                ?? throw new HostMistakeException($"{command.Name} has no option '{name}'; see 'marcotte {command.Name} --help'");
            if (delimiter < 0 && option.Arity.MaximumNumberOfValues > 0)
            {
                i++;
            }
        }

        return line;
    }

    internal static readonly string[] HelpNames = ["--help", "-h", "-?"];
}
