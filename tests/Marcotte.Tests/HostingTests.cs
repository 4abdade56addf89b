using Microsoft.Extensions.DependencyInjection;

namespace Marcotte.Tests;

internal sealed class HostingTests
{
    [Test]
    public void Templates_are_built_once_and_by_name()
    {
        int built = 0;
        ServiceCollection services = new();
        services.AddMarcotte()
            .AddTemplate("empty", Wat.Empty, _ => built++)
            .AddTemplate("add", Wat.Module("""(func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))"""), _ => { });
        using ServiceProvider provider = services.BuildServiceProvider();
        IBoxFactory factory = provider.GetRequiredService<IBoxFactory>();

        using Box one = factory.Create("empty");
        using Box other = factory.Create("empty");
        using Box add = factory.Create("add");

        Assert.That(built, Is.EqualTo(1));
        Assert.That(one.Run().IsSuccess && other.Run().IsSuccess, Is.True);
        Assert.That(add.Call("add", 1, 2)[0], Is.EqualTo(3));
        Assert.That(factory.GetTemplate("add").Engine, Is.SameAs(factory.GetTemplate("empty").Engine));
    }

    [Test]
    public void A_template_may_use_other_services()
    {
        ServiceCollection services = new();
        services.AddSingleton(TimeProvider.System);
        services.AddMarcotte().AddTemplate("t", Wat.Empty, (provider, builder) => builder.UseClock(clock => clock.From(provider.GetRequiredService<TimeProvider>())));
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(provider.GetRequiredService<IBoxFactory>().GetTemplate("t").Run().Outcome.IsSuccess, Is.True);
    }

    [Test]
    public void A_name_that_is_not_there_is_told_with_those_that_are()
    {
        ServiceCollection services = new();
        services.AddMarcotte().AddTemplate("python", Wat.Empty, _ => { });
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(
            () => provider.GetRequiredService<IBoxFactory>().GetTemplate("ruby"),
            Throws.ArgumentException.With.Message.Contains("no template named 'ruby'; there are python"));
    }

    [Test]
    public void Two_templates_of_one_name_are_refused()
    {
        ServiceCollection services = new();
        services.AddMarcotte().AddTemplate("t", Wat.Empty, _ => { }).AddTemplate("t", Wat.Empty, _ => { });
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(() => provider.GetRequiredService<IBoxFactory>().GetTemplate("t"), Throws.InvalidOperationException.With.Message.Contains("two templates named 't'"));
    }
}
