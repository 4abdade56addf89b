namespace Marcotte.Guests.Tests;

/// <summary>All that a run leaves: two of them are equal when the runs are.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
/// <param name="Tree">The hash of its tree's tar.</param>
/// <param name="Trace">Its calls.</param>
/// <param name="Memory">Hashes of its memory, on the way.</param>
internal sealed record RunRecord(string Ending, string Output, string Error, string Tree, string Trace, string Memory)
{
    /// <summary>Fails where the runs part, at the first line that differs.</summary>
    internal void MustBe(RunRecord first)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Ending, Is.EqualTo(first.Ending));
            Assert.That(Error, Is.EqualTo(first.Error));
            Assert.That(Output.Split('\n'), Is.EqualTo(first.Output.Split('\n')));
            Assert.That(Trace.Split('\n'), Is.EqualTo(first.Trace.Split('\n')));
            Assert.That(Memory, Is.EqualTo(first.Memory));
            Assert.That(Tree, Is.EqualTo(first.Tree));
        }
    }
}
