using System.CommandLine;

namespace Marcotte.Cli;

/// <summary>The command line of <c>marcotte cc</c>.</summary>
internal sealed class CcCommand : Command
{
    internal const string CommandName = "cc";

    private readonly Argument<string[]> _arguments = new("ARGS") { Description = "As for cc, such as -O2 hello.c -o hello.wasm.", CaptureRemainingTokens = true };

    internal CcCommand()
        : base(CommandName, "Compiles a POSIX C program for boxes with the guest SDK, the machine's clang and wasi-libc.") => Add(_arguments);

    internal IReadOnlyList<string> Read(ParseResult line) => line.GetValue(_arguments) ?? [];
}
