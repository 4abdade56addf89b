namespace Marcotte.Tests;

/// <summary>Guests are refused threads before the host has no mapping left.</summary>
internal sealed class MappingBudgetTests
{
    [Test]
    public void Room_is_given_until_the_mappings_that_were_taken_come_near_the_bound()
    {
        long mappings = 2500;
        MappingBudget budget = new(65_530, () => mappings);

        int given = 0;
        for (; given < 100_000 && budget.TryTake(); given++)
        {
            mappings += 8;
        }

        Assert.That(given, Is.InRange(7000, 8000));
        Assert.That(mappings, Is.LessThan(65_530 - 2000));
    }

    [Test]
    public void It_counts_seldom()
    {
        int counted = 0;
        MappingBudget budget = new(1_048_576, () =>
        {
            counted++;
            return 2500;
        });

        for (int i = 0; i < 5120; i++)
        {
            Assert.That(budget.TryTake(), Is.True);
        }

        Assert.That(counted, Is.EqualTo(10));
    }

    [Test]
    public void A_refusal_is_not_counted_anew_at_once()
    {
        int counted = 0;
        MappingBudget budget = new(1000, () =>
        {
            counted++;
            return 999;
        });

        Assert.That(Enumerable.Range(0, 100).Select(_ => budget.TryTake()), Is.All.False);
        Assert.That(counted, Is.LessThan(50));
    }

    [Test]
    [Platform("Linux")]
    public void The_hosts_own_has_room() => Assert.That(MappingBudget.OfHost!.TryTake(), Is.True);
}
