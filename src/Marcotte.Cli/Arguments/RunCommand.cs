using System.CommandLine;

namespace Marcotte.Cli;

/// <summary>The command line of <c>marcotte run</c>.</summary>
internal sealed class RunCommand : Command
{
    internal const string CommandName = "run";

    private readonly Argument<string> _module = new("MODULE") { Description = "The program: a .wasm or .wat file." };
    private readonly Argument<string[]> _arguments = new("ARGS") { Description = "Its arguments, untouched, whatever they look like.", CaptureRemainingTokens = true };
    private readonly Option<string[]> _mounts = Many("--mount", "HOST:GUEST[:HOW]", "Grant a directory of the host under a path, or what is in an archive (tar, tar.gz, tar.zst, zip), for reading only. HOW: ro for reading only; overlay for changes in memory, several at one path then lie on top of each other, the last one uppermost; noexec.");
    private readonly Option<string[]> _temporaries = Many("--tmpfs", "GUEST", "Grant an empty directory in memory under a path.");
    private readonly Option<string[]> _exports = Many("--export", "GUEST=FILE", "Write a directory of the program's, as it left it, to a tar (or .tar.gz) when it has ended.");
    private readonly Option<string> _user = One("--user", "UID[:GID]", "Whom the program acts as; user 0 by default.");
    private readonly Option<string[]> _variables = Many("--env", "K=V", "Set a variable; K alone copies the host's.");
    private readonly Option<string> _directory = One("--workdir", "DIR", "Start relative paths at a directory within a mount.");
    private readonly Option<string> _timeout = One("--timeout", "D", "End the program after a time: 500ms, 10s, 2m, 1h.");
    private readonly Option<string> _memory = One("--memory", "SIZE", "Limit each of the program's memories: bytes, 512k, 64m, 1g. 4g by default.");
    private readonly Option<string> _fuel = One("--fuel", "N", "Limit the program to about so many instructions.");
    private readonly Option<string> _seed = One("--seed", "N", "Make random bytes follow from a number.");
    private readonly Option<string> _clock = One("--clock", "CLOCK", "system; fixed:TIME for a time that stands still, such as fixed:2024-02-29T12:00:00Z; virtual:TIME for one that passes by what the program does, so that its sleeps are over at once and, with --seed, its runs repeat.");
    private readonly Option<string[]> _denials = Many("--deny", "CALLS[=ERRNO]", "Deny calls by name, such as fd_write or 'sock_*'; they answer EPERM or the error named.");
    private readonly Option<string[]> _observations = Many("--observe", "CALLS", "Write calls of a name to the file of --audit.");
    private readonly Option<string> _audit = One("--audit", "FILE", "Append to a file, as lines of JSON, what --deny and --observe find.");
    private readonly Option<bool> _trace = Flag("--trace", "Write each call that the program makes to standard error.");
    private readonly Option<bool> _noDurations = Flag("--no-durations", "Leave out of --trace how long each call took, so that equal runs have equal traces.");
    private readonly Option<bool> _statistics = Flag("--stats", "Write to standard error, at the end, what the program used.");
    private readonly Option<bool> _interactive = Flag("--interactive", "Give the program a terminal of its own and join yours to it: a shell then has line editing, Ctrl-C, Ctrl-Z and jobs.");
    private readonly Option<bool> _processes = Flag("--ps", "Write to standard error, at the end, which processes there were: how each ended, its CPU time, its calls.");
    private readonly Option<bool> _noCache = Flag("--no-cache", "Compile anew, and do not keep what is compiled.");

    internal RunCommand()
        : base(CommandName, "Runs a program in a box. It gets what is named before MODULE, and a /dev and a /proc of its own, and nothing else; its exit code is the program's (a trap is 134, a timeout 124, killed 137, a mistake in the command line 125).")
    {
        Add(_module);
        Add(_arguments);
        foreach (Option option in new Option[] { _mounts, _temporaries, _exports, _user, _variables, _directory, _timeout, _memory, _fuel, _seed, _clock, _denials, _observations, _audit, _trace, _noDurations, _statistics, _interactive, _processes, _noCache })
        {
            Add(option);
        }
    }

    /// <summary>What the command line asks for.</summary>
    /// <exception cref="HostMistakeException">It asks for what makes no sense.</exception>
    internal RunRequest Read(ParseResult line) => new RunRequest
    {
        Module = line.GetRequiredValue(_module),
        Arguments = line.GetValue(_arguments) ?? [],
        Mounts = [.. Values(line, _mounts).Select(MountPoint.Parse), .. Values(line, _temporaries).Select(MountPoint.ParseTemporary)],
        Variables = [.. Values(line, _variables).Select(Variable.Parse)],
        Exports = [.. Values(line, _exports).Select(TreeExport.Parse)],
        User = line.GetValue(_user) is { } user ? Identity.Parse(user) : null,
        WorkingDirectory = line.GetValue(_directory) is { } directory ? GuestPaths.Normalize(_directory.Name, directory) : null,
        Timeout = line.GetValue(_timeout) is { } timeout ? Duration.Parse(_timeout.Name, timeout) : null,
        MemoryBytes = line.GetValue(_memory) is { } memory ? ByteSize.Parse(_memory.Name, memory) : null,
        Fuel = line.GetValue(_fuel) is { } fuel ? Numbers.Parse(_fuel.Name, fuel, minimum: 1) : null,
        Seed = line.GetValue(_seed) is { } seed ? Numbers.Parse(_seed.Name, seed, minimum: 0) : null,
        Clock = line.GetValue(_clock) is { } clock ? ClockChoice.Parse(clock) : default,
        Denials = [.. Values(line, _denials).Select(Denial.Parse)],
        Observations = Values(line, _observations),
        AuditFile = line.GetValue(_audit),
        Trace = line.GetValue(_trace),
        Durations = !line.GetValue(_noDurations),
        Statistics = line.GetValue(_statistics),
        Interactive = line.GetValue(_interactive),
        Processes = line.GetValue(_processes),
        Cache = !line.GetValue(_noCache),
    }.Validate();

    private static string[] Values(ParseResult line, Option<string[]> option) => line.GetValue(option) ?? [];

    private static Option<string[]> Many(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    private static Option<string> One(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description, Arity = ArgumentArity.ExactlyOne };

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };
}
