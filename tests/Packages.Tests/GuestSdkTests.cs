namespace Packages.Tests;

/// <summary>A project of somebody else's whose guests are C sources.</summary>
internal sealed class GuestSdkTests
{
    private const string Guest = """
        #include <stdio.h>
        #include <sys/wait.h>
        #include <unistd.h>

        int main(void)
        {
            int ends[2], status;
            char word[8] = "";
            pipe(ends);
            if (fork() == 0)
                _exit(write(ends[1], "child", 5) == 5 ? 7 : 1);
            read(ends[0], word, sizeof word);
            wait(&status);
            printf("%s %d %s\n", word, WEXITSTATUS(status), GREETING);
            return 0;
        }
        """;

    private const string Host = """
        using Marcotte;

        using BoxTemplate template = new BoxBuilder()
            .UseVfs()
            .UseClock()
            .UseEnv()
            .UseProcesses()
            .UseWasi()
            .UseWasix()
            .Build(GuestModule.FromFile(Path.Combine(AppContext.BaseDirectory, "family.wasm")));
        BoxResult result = template.Run(new BoxStart());
        Console.Write(result.Output);
        return result.Outcome.ExitCode;
        """;

    [Test]
    public void Guests_in_C_are_compiled_with_the_project_and_run()
    {
        Consumer consumer = new(
            "Guests",
            """<GuestProgram Include="family.c" Options="-O2 -DGREETING='&quot;from the host&quot;'" />""",
            ("Marcotte", Workspace.Version()),
            ("Marcotte.GuestSdk", Workspace.Version()));
        consumer.Write("family.c", Guest);
        consumer.Write("Program.cs", Host);
        consumer.Build();

        CommandResult run = consumer.Run();
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((0, "child 7 from the host\n")));
    }
}
