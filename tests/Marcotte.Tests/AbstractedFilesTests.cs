using System.IO.Abstractions.TestingHelpers;

namespace Marcotte.Tests;

/// <summary>Any <c>IFileSystem</c> of the host's serves a guest: here one that exists in memory only, with an ordinary C program.</summary>
internal sealed class AbstractedFilesTests
{
    private static GuestModule Greet => GuestModule.FromFile(Path.Combine(TestContext.CurrentContext.TestDirectory, "greet.wasm"));

    private static BoxTemplate Build(MockFileSystem files) => SharedEngine.Builder()
        .UseWasi(wasi => wasi.Preopen("/data"))
        .UseEnv(environment => environment.Arguments("mock"))
        .UseVfs(vfs => vfs.MountFileSystem("/data", files, root: "/granted", readOnly: true))
        .Build(Greet);

    [Test]
    public void A_mock_file_system_serves_a_guest()
    {
        MockFileSystem files = new(new Dictionary<string, MockFileData>
        {
            ["/granted/greeting.txt"] = new("Hello from a mock, "),
            ["/secret.txt"] = new("secret"),
        });
        using BoxTemplate template = Build(files);

        BoxResult result = template.Run();

        Assert.That(result.Output!.ToString(), Is.EqualTo("Hello from a mock, mock!"));
        Assert.That(result.Outcome.IsSuccess, Is.True);
    }

    [Test]
    public void A_file_that_is_not_there_is_ENOENT_to_the_guest()
    {
        MockFileSystem files = new();
        files.AddDirectory("/granted");
        using BoxTemplate template = Build(files);

        BoxResult result = template.Run();

        Assert.That(result.Error!.ToString(), Is.EqualTo("/data/greeting.txt: No such file or directory\n"));
        Assert.That(result.Outcome.ExitCode, Is.EqualTo(1));
    }
}
