using System.Text;

namespace Marcotte.Guests.Tests;

/// <summary>Holds what came out of a run against what must.</summary>
internal static class Verdict
{
    internal static void Check(GuestCase guest, GuestEnding ending, GuestRoot root, string? what = null)
    {
        what ??= guest.Name;
        string wanted = string.Join(" or ", guest.Expectations.Select(expectation => $"{expectation.Kind} {expectation.Detail}"));
        Assert.That(
            guest.Expectations.Any(expectation => expectation.IsMetBy(ending)),
            $"{what} must be: {wanted}; is: {ending}\n{Encoding.UTF8.GetString(Tail(ending.Output))}");
        if (guest.Output is { } output)
        {
            Same(ending.Output, output, what);
        }

        foreach (AfterCheck check in guest.After)
        {
            check.Check(root);
        }
    }

    /// <summary>Demands that two outputs are the same bytes, and says where they part.</summary>
    internal static void Same(byte[] actual, byte[] expected, string what)
    {
        if (!actual.AsSpan().SequenceEqual(expected))
        {
            Assert.That(Encoding.UTF8.GetString(actual), Is.EqualTo(Encoding.UTF8.GetString(expected)), what);
            Assert.Fail($"{what}: the same text, but not the same bytes.");
        }
    }

    /// <summary>Demands that two trees are the same.</summary>
    internal static void Untouched(SortedDictionary<string, TreeEntry> actual, SortedDictionary<string, TreeEntry> expected)
    {
        Assert.That(actual.Keys, Is.EqualTo(expected.Keys));
        Assert.That(actual.Where(pair => !pair.Value.Equals(expected[pair.Key])).Select(pair => pair.Key), Is.Empty);
    }

    private static byte[] Tail(byte[] output) => output[Math.Max(0, output.Length - 4000)..];
}
