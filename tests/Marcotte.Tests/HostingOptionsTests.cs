using System.Reflection;
using Marcotte.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Marcotte.Tests;

internal sealed class HostingOptionsTests
{
    private static readonly GuestModule Hog = Wat.MemoryHog;

    private static IHost Host(Action<MarcotteServicesBuilder> add, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        add(builder.Services.AddMarcotte(builder.Configuration.GetSection("Marcotte")));
        return builder.Build();
    }

    [Test]
    public void What_is_configured_holds()
    {
        using IHost host = Host(
            marcotte => marcotte.AddTemplate("hog", Hog, _ => { }).AddTemplate("small", Hog, _ => { }),
            ("Marcotte:Engine:MaxBoxes", "7"),
            ("Marcotte:Limits:MemoryBytes", "4194304"),
            ("Marcotte:Limits:WallClock", "00:00:30"),
            ("Marcotte:Templates:small:Limits:MemoryBytes", "1048576"));
        IBoxFactory boxes = host.Services.GetRequiredService<IBoxFactory>();

        using Box box = boxes.Create("hog");
        using Box small = boxes.Create("small");

        Assert.That(boxes.GetTemplate("hog").Engine.Options.MaxBoxes, Is.EqualTo(7));
        Assert.That(box.Process.Kernel.Limits.WallClock, Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(box.Run(), Is.TypeOf<OutOfMemory>().With.Property("Usage").Property("MemoryBytes").EqualTo(4_194_304));
        Assert.That(small.Run().Usage.MemoryBytes, Is.EqualTo(1_048_576));
    }

    [Test]
    public void A_template_s_code_goes_before_what_is_configured_for_all_and_behind_what_is_for_it()
    {
        using IHost host = Host(
            marcotte => marcotte
                .AddTemplate("a", Wat.Empty, builder => builder.WithLimits(limits => limits with { Descriptors = 20 }))
                .AddTemplate("b", Wat.Empty, builder => builder.WithLimits(limits => limits with { Descriptors = 20 })),
            ("Marcotte:Limits:Descriptors", "10"),
            ("Marcotte:Templates:b:Limits:Descriptors", "30"));
        IBoxFactory boxes = host.Services.GetRequiredService<IBoxFactory>();

        using Box a = boxes.Create("a");
        using Box b = boxes.Create("b");

        Assert.That((a.Process.Kernel.Limits.Descriptors, b.Process.Kernel.Limits.Descriptors), Is.EqualTo((20, 30)));
    }

    [Test]
    public void Fuel_is_metered_when_a_limit_of_it_is_configured()
    {
        using IHost host = Host(marcotte => marcotte.AddTemplate("spin", Wat.Spin, _ => { }), ("Marcotte:Limits:Fuel", "10000"));

        Assert.That(host.Services.GetRequiredService<IBoxFactory>().GetTemplate("spin").Run().Outcome, Is.TypeOf<OutOfFuel>());
    }

    [Test]
    public void A_template_without_a_limit_of_fuel_runs_beside_one_that_has_one()
    {
        using IHost host = Host(
            marcotte => marcotte.AddTemplate("spin", Wat.Spin, _ => { }).AddTemplate("empty", Wat.Empty, _ => { }),
            ("Marcotte:Templates:spin:Limits:Fuel", "10000"));
        IBoxFactory boxes = host.Services.GetRequiredService<IBoxFactory>();

        Assert.That(boxes.GetTemplate("spin").Run().Outcome, Is.TypeOf<OutOfFuel>());
        Assert.That(boxes.GetTemplate("empty").Run().Outcome.IsSuccess, Is.True);
    }

    [TestCase("Marcotte:Limits:WallClock", "60.00:00:00", "at most 49 days")]
    [TestCase("Marcotte:Engine:MaxBoxes", "0", "from 1 to 16,000")]
    [TestCase("Marcotte:Limits:StackBytes", "5", "from 16 KiB to 256 MiB")]
    [TestCase("Marcotte:Limits:MemoryBytes", "-1", "value above zero")]
    [TestCase("Marcotte:Limits:WallClock", "00:00:00", "value above zero")]
    [TestCase("Marcotte:Templates:t:Limits:Inodes", "0", "value above zero")]
    [TestCase("Marcotte:Templates:t:Limits:StackBytes", "65536", "set Marcotte:Limits:StackBytes")]
    [TestCase("Marcotte:Templates:ruby:Limits:Inodes", "9", "there are t")]
    [TestCase("Marcotte:Engine:CacheDirectory", " ", "name a directory")]
    [TestCase("Marcotte:DegradedAt", "1.5", "above 0 and up to 1")]
    public void A_value_that_cannot_be_fails_the_start_and_names_key_and_remedy(string key, string value, string remedy)
    {
        using IHost host = Host(marcotte => marcotte.AddTemplate("t", Wat.Empty, _ => { }), (key, value));

        string named = key.Contains("ruby", StringComparison.Ordinal) ? "Marcotte:Templates:ruby" : key;
        Assert.That(() => host.Start(), Throws.TypeOf<OptionsValidationException>().With.Message.Contains(named).And.Message.Contains(remedy));
    }

    [Test]
    public void A_section_of_another_name_is_named_in_messages()
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Sandbox:Wasm:Engine:MaxBoxes", (string?)"0")]);
        builder.Services.AddMarcotte(builder.Configuration.GetSection("Sandbox:Wasm"));
        using IHost host = builder.Build();

        Assert.That(() => host.Start(), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Sandbox:Wasm:Engine:MaxBoxes is 0"));
    }

    [Test]
    public void A_template_that_is_wrong_fails_the_start_when_all_are_built_then()
    {
        using IHost host = Host(
            marcotte => marcotte.AddTemplate("t", Wat.Module("""(import "nobody" "knows" (func))"""), _ => { }),
            ("Marcotte:BuildAtStart", "true"));

        Assert.That(() => host.Start(), Throws.TypeOf<SurfaceException>().With.Message.Contains("nobody.knows"));
    }

    [Test]
    public void Nothing_is_built_at_the_start_unless_it_is_asked_for()
    {
        int built = 0;
        using IHost host = Host(marcotte => marcotte.AddTemplate("t", Wat.Empty, _ => built++));
        host.Start();
        Assert.That(built, Is.Zero);
        using IHost eager = Host(marcotte => marcotte.AddTemplate("t", Wat.Empty, _ => built++), ("Marcotte:BuildAtStart", "true"));
        eager.Start();
        Assert.That(built, Is.EqualTo(1));
    }

    [Test]
    public void Options_are_set_by_code_too()
    {
        ServiceCollection services = new();
        services.AddMarcotte(options => options.Engine.MaxBoxes = 3).AddTemplate("t", Wat.Empty, _ => { });
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.That(provider.GetRequiredService<BoxEngine>().Options.MaxBoxes, Is.EqualTo(3));
    }

    [Test]
    public void Every_limit_can_be_configured()
    {
        static IEnumerable<(string, Type)> Settable(Type type) => type
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property.Name, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));

        Assert.That(Settable(typeof(LimitSettings)), Is.EquivalentTo(Settable(typeof(Limits))), "A limit of Marcotte.Core belongs in LimitSettings and its Apply too.");
        LimitSettings settings = new();
        foreach (PropertyInfo property in typeof(LimitSettings).GetProperties())
        {
            property.SetValue(settings, property.Name == "WallClock" ? TimeSpan.FromTicks(7) : Convert.ChangeType(7, Nullable.GetUnderlyingType(property.PropertyType)!, null));
        }

        Limits limits = settings.Apply(Limits.Default);
        Assert.That(
            typeof(Limits).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetValue(limits) is not (7 or 7L or 7U or 7UL or TimeSpan { Ticks: 7 })),
            Is.Empty);
    }
}
