using System.Reflection;

namespace Marcotte.Wasix.Tests;

/// <summary>Guests written in C, after asyncify, as programs of WASIX are: see tests/guests/wasix.</summary>
[TestFixture]
public sealed class GuestTests
{
    [Test]
    public void A_guest_doubles_itself_at_any_depth_and_waits_for_its_children() => Succeeds("fork", "3 children\n");

    [Test]
    public void A_guest_goes_back_in_its_stack_a_thousand_times() => Succeeds("jump", "1000 jumps\n");

    [Test]
    public void A_guest_cannot_go_back_into_a_function_that_has_returned()
    {
        BoxResult result = Run("jump", "gone");
        Assert.That(result.Outcome, Is.TypeOf<Trapped>());
        Assert.That(((Trapped)result.Outcome).Trap.Message, Does.Contain("stack_restore cannot go back to checkpoint").And.Contain("EINVAL"));
        Assert.That(result.Output!.ToString(), Is.EqualTo("1000 jumps\n"));
    }

    [Test]
    public void A_guest_makes_the_call_of_the_sdk_and_renumbers_as_dup2_does() => Succeeds("call", "one\nnine\n");

    [Test]
    public void A_guest_sees_to_its_signals() => Succeeds("signal", "all of them\n");

    private static void Succeeds(string guest, string output)
    {
        BoxResult result = Run(guest);
        Assert.That(result.Output!.ToString(), Is.EqualTo(output), result.Outcome.ToString());
        Assert.That(result.Outcome.IsSuccess, Is.True, result.Outcome.ToString());
    }

    private static BoxResult Run(string guest, params string[] arguments)
    {
        string root = typeof(GuestTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;
        string path = Path.Combine(root, "artifacts", "guests", "wasix", guest + ".wasm");
        Assert.That(path, Does.Exist, "It is not built; run tests/guests/build.sh.");
        BoxBuilder builder = new BoxBuilder()
            .UseWasi()
            .UseWasix()
            .UseVfs(files => files.MountMemory("/").MountMemory("/data"))
            .UseProcesses()
            .UseClock()
            .UseEnv(env => env.ProgramName(guest).Arguments(arguments));
        using BoxTemplate template = builder.Build(GuestModule.FromFile(path));
        return template.Run();
    }
}
