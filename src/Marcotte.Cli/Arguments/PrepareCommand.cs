using System.CommandLine;

namespace Marcotte.Cli;

/// <summary>The command line of <c>marcotte prepare</c>.</summary>
internal sealed class PrepareCommand : Command
{
    internal const string CommandName = "prepare";

    private readonly Argument<string> _module = new("MODULE") { Description = "The program: a .wasm file." };
    private readonly Option<string> _output = new("--output", "-o") { Description = "Where the prepared program goes.", HelpName = "FILE", Required = true };

    internal PrepareCommand()
        : base(CommandName, "Makes a program able to fork and to jump (setjmp), by wasm-opt of Binaryen. Programs compiled by 'marcotte cc' are already.")
    {
        Add(_module);
        Add(_output);
    }

    internal (string Module, string Output) Read(ParseResult line) => (line.GetRequiredValue(_module), line.GetRequiredValue(_output));
}
