using Marcotte.Core;
using Marcotte.Guests.Tests.Shell;

namespace Marcotte.Guests.Tests.Sdk;

/// <summary>A POSIX program sees the limit on threads as pthread_create's EAGAIN.</summary>
internal sealed class ThreadLimitTests
{
    [Test]
    public async Task Beyond_the_limit_pthread_create_answers_EAGAIN()
    {
        GuestCase guest = SdkGuests.Named("threads_limit");

        ShellResult result = await SdkBox.RunAsync(
            guest with { Variables = new Dictionary<string, string> { ["THREADS"] = "40" }.ToArray() },
            static limits => limits with { Threads = 5 });

        // The first thread counts; what has ended makes room.
        Assert.That(result.Output, Is.EqualTo(string.Concat(Enumerable.Repeat("4 threads, then EAGAIN\n", 3))));
        Assert.That(result.Status, Is.Zero);
    }
}
