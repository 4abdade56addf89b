namespace Marcotte.Cli.Tests;

/// <summary>What a command line can get wrong: 125, and one line that names the thing and the remedy.</summary>
internal sealed class HostMistakeTests : ToolTests
{
    private static readonly TestCaseData[] Mistakes =
    [
        new("", "nothing to do", "marcotte run MODULE"),
        new("frobnicate x.wasm", "'frobnicate'", "marcotte run MODULE"),
        new("run", "MODULE", "--help"),
        new("run --bogus guest.wat", "'--bogus'", "--help"),
        new("run --timeout", "--timeout", "--help"),
        new("run --memory 1m --memory 2m guest.wat", "--memory", "--help"),
        new("run none.wasm", "'none.wasm'", "give the path"),
        new("run folder", "'folder' is a directory", "give the path"),
        new("run text.txt", "neither a WebAssembly binary nor its text format", "compile the program"),
        new("run broken.wat", "broken", ""),
        new("run broken.wasm", "broken", ""),
        new("run library.wat", "no _start", "link it as a command"),
        new("run stranger.wat", "env.launch", "marcotte inspect"),
        new("run --mount none:/data guest.wat", "'none' does not exist", "make the directory"),
        new("run --mount guest.wat:/data guest.wat", "guest.wat' (mounted at '/data') cannot be mounted", "zip"),
        new("run --mount text.txt:/data:rw guest.wat", "wants to write to an archive", "overlay"),
        new("run --mount folder:/data:fast guest.wat", "ends in 'fast'", "ro, rw, overlay or noexec"),
        new("run --mount folder:/data:ro,overlay guest.wat", "read-only and written to", "leave one out"),
        new("run --mount folder:/data:overlay --mount folder:/data guest.wat", "two mounts at /data", ":overlay behind all"),
        new("run --tmpfs /a --export /a guest.wat", "'/a' is not GUEST=FILE", "such as /out=out.tar"),
        new("run --tmpfs /a --export a=x.tar guest.wat", "--export 'a'", "write one such as"),
        new("run --tmpfs /a --export /b=x.tar guest.wat", "--export /b is in no mount", "--mount or --tmpfs"),
        new("run --tmpfs /a --export /a=folder guest.wat", "'folder' cannot be written: it is a directory", "name a file"),
        new("run --tmpfs /a --export /a=none/x.tar guest.wat", "there is no directory", "name a file"),
        new("run --user nobody guest.wat", "--user 'nobody' is not UID[:GID]", "such as 1000"),
        new("run --user 1:2:3 guest.wat", "--user '1:2:3'", "such as 1000"),
        new("run --user 4294967295 guest.wat", "--user '4294967295'", "such as 1000"),
        new("run --no-durations guest.wat", "--no-durations", "add --trace"),
        new("run --clock virtual:noon guest.wat", "'virtual:noon'", "fixed:2024"),
        new("run --mount folder guest.wat", "'folder' is not HOST:GUEST[:ro]", "./data:/data:ro"),
        new("run --mount folder:data guest.wat", "'folder:data'", "absolute path"),
        new("run --mount :/data guest.wat", "':/data'", "such as"),
        new("run --mount folder:/a/../b guest.wat", "'/a/../b'", "write one such as"),
        new("run --tmpfs tmp guest.wat", "--tmpfs 'tmp'", "write one such as"),
        new("run --mount folder:/a --tmpfs /a/ guest.wat", "two mounts at /a", "path of its own"),
        new("run --tmpfs /a --workdir /b guest.wat", "--workdir /b", "--mount or --tmpfs"),
        new("run --tmpfs /a --workdir /a/none guest.wat", "/a/none", ""),
        new("run --env =x guest.wat", "'=x'", "NAME=VALUE"),
        new("run --env MARCOTTE_TEST_NOT_SET guest.wat", "MARCOTTE_TEST_NOT_SET", "MARCOTTE_TEST_NOT_SET=VALUE"),
        new("run --timeout 0 guest.wat", "--timeout '0'", "above zero"),
        new("run --timeout -1s guest.wat", "--timeout '-1s'", "above zero"),
        new("run --timeout soon guest.wat", "--timeout 'soon'", "10s"),
        new("run --timeout 100000h guest.wat", "'100000h'", "49 days"),
        new("run --memory -64m guest.wat", "--memory '-64m'", "64m"),
        new("run --memory 0 guest.wat", "--memory '0'", "above zero"),
        new("run --memory lots guest.wat", "--memory 'lots'", "64m"),
        new("run --fuel -1 guest.wat", "--fuel '-1'", "from 1 to"),
        new("run --fuel 0 guest.wat", "--fuel '0'", "from 1 to"),
        new("run --seed x guest.wat", "--seed 'x'", "from 0 to"),
        new("run --clock sundial guest.wat", "--clock 'sundial'", "fixed:"),
        new("run --clock fixed:noon guest.wat", "'fixed:noon'", "fixed:2024"),
        new("run --deny fd_wirte guest.wat", "\"fd_wirte\"", "did you mean fd_write?"),
        new("run --deny =EPERM guest.wat", "'=EPERM'", "such as --deny"),
        new("run --deny fd_write=EWHAT guest.wat", "EWHAT", "such as EPERM"),
        new("run --deny proc_exit guest.wat", "proc_exit", ""),
        new("run --observe fd_write guest.wat", "--observe tells nobody", "--audit FILE"),
        new("run --audit log guest.wat", "--audit", "add --deny or --observe"),
        new("run --deny fd_write --audit folder guest.wat", "--audit 'folder'", ""),
        new("inspect", "MODULE", "--help"),
        new("inspect none.wasm", "'none.wasm'", "give the path"),
        new("inspect --bogus guest.wat", "'--bogus'", "--help"),
        new("inspect text.txt", "neither a WebAssembly binary", "compile the program"),
    ];

    [TestCaseSource(nameof(Mistakes))]
    public void IsToldInOneLine(string arguments, string thing, string remedy)
    {
        Tool.Add(Guests.Hello);
        Tool.Add(Guests.Library, "library.wat");
        Tool.Add(Guests.Stranger, "stranger.wat");
        Tool.Add("(module\n  (func $f\n    (bogus)))\n", "broken.wat");
        Tool.Add("\0asm is how it begins", "broken.wasm");
        Tool.Add("Dear program, please run.\n", "text.txt");
        Tool.AddDirectory("folder");

        ToolResult result = Tool.Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.That(result.ExitCode, Is.EqualTo(125), result.Error);
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.ErrorLines, Has.Length.EqualTo(1), result.Error);
        Assert.That(result.Error, Does.StartWith("marcotte: ").And.EndsWith("\n"));
        Assert.That(result.Error, Does.Contain(thing));
        Assert.That(result.Error, Does.Contain(remedy));
        Assert.That(result.Error, Does.Not.Contain("internal error"));
    }
}
