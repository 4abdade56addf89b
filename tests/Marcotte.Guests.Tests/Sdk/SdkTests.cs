using System.Globalization;
using Marcotte.Guests.Tests.Shell;

namespace Marcotte.Guests.Tests.Sdk;

/// <summary>A POSIX program that the guest SDK compiled does in a box what it does on the machine.</summary>
internal sealed class SdkTests
{
    public static IEnumerable<string> Names() => SdkGuests.Names;

    [TestCaseSource(nameof(Names))]
    public async Task Guest(string name)
    {
        GuestCase guest = SdkGuests.Named(name);

        ShellResult actual = await SdkBox.RunAsync(guest);

        Assert.That(actual, Is.EqualTo(await Natively(guest)));
        Assert.That(guest.Expectations, Has.Some.EqualTo(new Expectation(EndingKind.Exited, actual.Status.ToString(CultureInfo.InvariantCulture))));
    }

    /// <summary>What <c>compare</c> leaves out has no companion, and no reason to be in this folder.</summary>
    [TestCaseSource(nameof(Names))]
    public void A_guest_is_compared(string name) => Assert.That(SdkGuests.Named(name).Companions, Is.EqualTo(Companions.Native));

    private static async Task<ShellResult> Natively(GuestCase guest)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("marcotte-sdk-");
        try
        {
            return await new NativeProgram(Repository.Built(guest.Native!), guest.Arguments, directory.FullName, SdkBox.Variables(guest))
            {
                Input = guest.Input,
            }.RunAsync();
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
