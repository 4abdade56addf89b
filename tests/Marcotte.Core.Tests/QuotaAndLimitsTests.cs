using System.Diagnostics;
using System.Reflection;

namespace Marcotte.Core.Tests;

[TestFixture]
public sealed class QuotaAndLimitsTests
{
    [Test]
    public void A_charge_up_to_the_limit_passes_and_not_beyond()
    {
        Quota quota = new(10);
        Assert.That(quota.TryCharge(4), Is.True);
        Assert.That(quota.TryCharge(7), Is.False);
        Assert.That(quota.Used, Is.EqualTo(4));
        Assert.That(quota.TryCharge(long.MaxValue), Is.False);
        Assert.That(quota.TryCharge(6), Is.True);
        Assert.That(quota.TryCharge(0), Is.True);
        Assert.That(quota.TryCharge(1), Is.False);
        quota.Refund(10);
        Assert.That(quota.Used, Is.Zero);
        Assert.That(new Quota(long.MaxValue).TryCharge(long.MaxValue), Is.True);
    }

    [Test]
    public void Charges_from_many_threads_never_pass_the_limit()
    {
        const long Limit = 100;
        Quota quota = new(Limit);
        long held = 0;
        long passed = 0;
        long began = Stopwatch.GetTimestamp();
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, seed =>
        {
            Random random = new(seed);
            while (Stopwatch.GetElapsedTime(began).TotalMilliseconds < 500)
            {
                int amount = random.Next(1, 60);
                if (quota.TryCharge(amount))
                {
                    passed += Interlocked.Add(ref held, amount) > Limit ? 1 : 0;
                    Interlocked.Add(ref held, -amount);
                    quota.Refund(amount);
                }
            }
        });
        Assert.That(passed, Is.Zero);
        Assert.That(quota.Used, Is.Zero);
    }

    [Test]
    public void The_limits_a_box_has_by_default_are_valid() => Assert.That(Limits.Default.Validate, Throws.Nothing);

    /// <summary>Every limit that can be negative; one that is added later is tested too.</summary>
    private static IEnumerable<TestCaseData> Wrong()
    {
        foreach (PropertyInfo property in typeof(Limits).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            foreach (int value in new[] { 0, -1 })
            {
                object? wrong = property.PropertyType switch
                {
                    Type type when type == typeof(int) => value,
                    Type type when type == typeof(long) => (long)value,
                    Type type when type == typeof(TimeSpan?) => TimeSpan.FromSeconds(value),
                    _ => null,
                };
                if (wrong is not null)
                {
                    Limits limits = Limits.Default with { };
                    property.SetValue(limits, wrong);
                    yield return new TestCaseData(property.Name, limits) { TestName = $"{property.Name}_of_{value}_is_refused_by_name" };
                }
            }
        }
    }

    [TestCaseSource(nameof(Wrong))]
    public void A_limit_that_makes_no_sense_is_refused_by_name(string name, Limits limits) =>
        Assert.That(limits.Validate, Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains($"Limits.{name} ").And.Property("ParamName").EqualTo(name));
}
