using Marcotte.Core;
using Microsoft.Extensions.Time.Testing;

namespace Marcotte.Clock.Tests;

[TestFixture]
public sealed class ClockOptionsTests
{
    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void UseClock_adds_the_layer_and_returns_the_builder()
    {
        Builder builder = new();
        Builder same = builder.UseClock().UseClock(clock => clock.Fixed(Start));
        Assert.That(same, Is.SameAs(builder));
        Assert.That(builder.Added, Has.Count.EqualTo(1));
        using Layer layer = builder.Added[0].Build(Limits.Default);
        Assert.That(layer.Provides, Is.EqualTo(new[] { typeof(BoxClock) }));
        Assert.That(layer.ContractVersion, Is.EqualTo(CoreContract.Version));
        using Kernel kernel = new(Limits.Default);
        layer.Attach(kernel);
        Assert.That(kernel.Clock.Realtime(), Is.EqualTo(Start.ToUnixTimeMilliseconds() * 1_000_000));
    }

    [Test]
    public void The_last_choice_counts_and_a_built_layer_stays_as_it_is()
    {
        ClockOptions options = new ClockOptions().Fixed(Start).System();
        using Layer system = options.Build(Limits.Default);
        options.Fixed(Start);
        using Kernel kernel = new(Limits.Default);
        system.Attach(kernel);
        Assert.That(kernel.Clock.RunsOnHostTime, Is.True);
    }

    [Test]
    public void Each_box_of_a_template_has_a_monotonic_clock_of_its_own()
    {
        FakeTimeProvider time = new(Start);
        using Layer layer = new ClockOptions().From(time).Build(Limits.Default);
        using Kernel first = new(Limits.Default);
        using Kernel second = new(Limits.Default);
        layer.Attach(first);
        time.Advance(TimeSpan.FromSeconds(5));
        layer.Attach(second);
        Assert.That(first.Clock.Monotonic() - second.Clock.Monotonic(), Is.EqualTo(5_000_000_000));
        Assert.That(first.Clock.Realtime(), Is.EqualTo(second.Clock.Realtime()));
    }

    [Test]
    public void Each_box_starts_a_scaled_clock_anew()
    {
        using Layer layer = new ClockOptions().Scaled(1e9, Start).Build(Limits.Default);
        using Kernel first = new(Limits.Default);
        layer.Attach(first);
        Guest.Until(() => first.Clock.Realtime() > Start.AddDays(100).ToUnixTimeMilliseconds() * 1_000_000);
        using Kernel second = new(Limits.Default);
        layer.Attach(second);
        Assert.That(second.Clock.Realtime(), Is.LessThan(first.Clock.Realtime()));
        Assert.That(second.Clock.RunsOnHostTime, Is.False);
    }

    [Test]
    public void A_missing_provider_is_refused_at_once() =>
        Assert.That(() => new ClockOptions().From(null!), Throws.ArgumentNullException);

    private sealed class Builder : IBoxBuilder
    {
        internal List<LayerOptions> Added { get; } = [];

        public TOptions Options<TOptions>()
            where TOptions : LayerOptions, new()
        {
            if (Added.OfType<TOptions>().FirstOrDefault() is { } options)
            {
                return options;
            }

            Added.Add(new TOptions());
            return (TOptions)Added[^1];
        }
    }
}
