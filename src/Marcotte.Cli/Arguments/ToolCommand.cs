using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Marcotte.Cli;

/// <summary>The tool's whole command line.</summary>
internal sealed class ToolCommand : Command
{
    internal const string ToolName = "marcotte";

    // Guests' arguments may begin with '@' and may be single letters behind one dash.
    private static readonly ParserConfiguration Verbatim = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    private readonly RunCommand _run = new();
    private readonly InspectCommand _inspect = new();
    private readonly PrepareCommand _prepare = new();
    private readonly CcCommand _cc = new();

    internal ToolCommand()
        : base(ToolName, "Runs WebAssembly programs in boxes that grant nothing but what is asked for.")
    {
        Add(_run);
        Add(_inspect);
        Add(_prepare);
        Add(_cc);
        Add(new VersionOption());
        Add(new HelpOption { Action = new HelpText() });
        _run.SetAction(line => Runner.Run(_run.Read(line)));
        _prepare.SetAction(line => Preparation.Run(_prepare.Read(line).Module, _prepare.Read(line).Output));
        _cc.SetAction(line => GuestSdk.Compile(_cc.Read(line)));
        _inspect.SetAction(line => Inspection.Run(_inspect.Read(line)));
    }

    /// <summary>Does what a command line says.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="HostMistakeException">It cannot be done.</exception>
    internal int Invoke(IReadOnlyList<string> words)
    {
        Command? command = words.Count == 0 ? null : Subcommands.FirstOrDefault(known => known.Name == words[0]);
        if (command is null && (words.Count == 0 || !words[0].StartsWith('-')))
        {
            throw new HostMistakeException(words.Count == 0
                ? "nothing to do; write 'marcotte run MODULE', or see 'marcotte --help'"
                : $"there is no command '{words[0]}'; write 'marcotte run MODULE', or see 'marcotte --help'");
        }

        // What the compiler is told is the compiler's business.
        if (command == _cc && !(words.Count == 2 && VerbatimTail.HelpNames.Contains(words[1])))
        {
            return GuestSdk.Compile([.. words.Skip(1)]);
        }

        ParseResult line = Parse(command == _run || command == _inspect ? VerbatimTail.Protect(command, words) : words, Verbatim);
        if (line.Errors.Count > 0)
        {
            // An option without its value takes MODULE's place, so what is said of the option is the cause.
            ParseError error = line.Errors.FirstOrDefault(error => error.SymbolResult is OptionResult) ?? line.Errors[0];
            throw new HostMistakeException($"{error.Message.TrimEnd('.')}; see 'marcotte {(command is null ? string.Empty : command.Name + " ")}--help'");
        }

        // Signals are the runner's, and so are exceptions.
        return line.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    /// <summary>The help, with a usage line that says where options stand.</summary>
    private sealed class HelpText : SynchronousCommandLineAction
    {
        private const string Generated = " <MODULE> [<ARGS>...] [options]";
        private const string Told = " [options] <MODULE> [<ARGS>...]";

        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            using StringWriter text = new();
            TextWriter output = parseResult.InvocationConfiguration.Output;
            parseResult.InvocationConfiguration.Output = text;
            new HelpAction { MaxWidth = 110 }.Invoke(parseResult);
            output.Write(text.ToString().Replace(Generated, Told, StringComparison.Ordinal));
            return 0;
        }
    }
}
