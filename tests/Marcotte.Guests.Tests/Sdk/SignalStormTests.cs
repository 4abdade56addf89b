using System.Diagnostics;
using System.Globalization;

namespace Marcotte.Guests.Tests.Sdk;

/// <summary>A million signals in a box of fifty processes and more: none is lost that POSIX does not merge.</summary>
[NonParallelizable]
internal sealed class SignalStormTests
{
    private const int Least = 1_000_000;

    /// <summary>What the guest calls it, groups that do it at once, signals of each. Where one tells another, a group is two processes.</summary>
    private static readonly (string Kind, int Groups, int Signals)[] Storms =
    [
        ("self", 50, 8_000),
        ("pair", 25, 8_000),
        ("queue", 25, 10_000),
        ("alarm", 50, 2_000),
        ("child", 25, 1_000),
        ("stop", 25, 2_000),
    ];

    [Test]
    public void A_million_signals_are_handled()
    {
        using BoxEngine engine = ProcessGuest.NewEngine();
        using ProcessGuest guest = new(engine, "signal_storm");
        Storm(guest, "self", 1, 1);
        long all = 0;
        foreach ((string kind, int groups, int signals) in Storms)
        {
            long sent = (long)groups * signals;
            TimeSpan took = Storm(guest, kind, groups, signals);
            TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind}: {sent} signals, {sent / took.TotalSeconds:F0} a second"));
            all += sent;
        }

        Assert.That(all, Is.GreaterThanOrEqualTo(Least));
        Assert.That(engine.ActiveBoxes, Is.Zero);
    }

    private static TimeSpan Storm(ProcessGuest guest, string kind, int groups, int signals)
    {
        long sent = (long)groups * signals;
        long began = Stopwatch.GetTimestamp();
        string output = guest.Output(kind, groups.ToString(CultureInfo.InvariantCulture), signals.ToString(CultureInfo.InvariantCulture));
        Assert.That(output, Is.EqualTo($"{kind}: {sent} sent, {sent} handled, 0 wrong\n"));
        return Stopwatch.GetElapsedTime(began);
    }
}
