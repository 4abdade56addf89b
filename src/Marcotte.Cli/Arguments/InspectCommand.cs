using System.CommandLine;

namespace Marcotte.Cli;

/// <summary>The command line of <c>marcotte inspect</c>.</summary>
internal sealed class InspectCommand : Command
{
    internal const string CommandName = "inspect";

    private readonly Argument<string> _module = new("MODULE") { Description = "The program: a .wasm or .wat file." };

    internal InspectCommand()
        : base(CommandName, "Lists what a module imports and which layer backs it, and what it exports. The exit code is 1 when something is missing.") => Add(_module);

    internal string Read(ParseResult line) => line.GetRequiredValue(_module);
}
