using Marcotte.Core;

namespace Marcotte.Env.Tests;

[TestFixture]
public sealed class EnvOptionsTests
{
    [Test]
    public void Nothing_of_the_host_comes_in()
    {
        Process process = Guest.Start(_ => { });
        Assert.That(Guest.Texts(process.Arguments), Is.EqualTo(new[] { "program" }));
        Assert.That(process.Variables.Count, Is.Zero);
        Assert.That(process.Kernel.Environment.HostName, Is.EqualTo("box"));
        Assert.That(process.Credentials.UserId, Is.Zero);
        Assert.That(process.Credentials.GroupId, Is.Zero);
        Assert.That(process.Credentials.Groups, Is.Empty);
        Assert.That(process.Umask, Is.EqualTo(0x12));
    }

    [Test]
    public void Arguments_follow_the_program_s_name_whatever_the_order_of_the_calls()
    {
        Process process = Guest.Start(env => env.Arguments("-c", "").Arguments(["größe"]).ProgramName("tool"));
        Assert.That(Guest.Texts(process.Arguments), Is.EqualTo(new[] { "tool", "-c", "", "größe" }));
    }

    [Test]
    public void Variables_are_keys_and_values_and_the_last_value_counts()
    {
        Process process = Guest.Start(env => env
            .Variable("A", "1")
            .Variables(new Dictionary<string, string> { ["B"] = "x=y", ["a"] = "" })
            .Variable("A", "2"));
        Assert.That(Guest.Texts(process.Variables), Is.EqualTo(new[] { "A=2", "B=x=y", "a=" }));
    }

    [Test]
    public void Identity_is_as_said()
    {
        Process process = Guest.Start(env => env.User(1000, 100).Groups(27, 4).Umask(0x3F).HostName("w2"));
        Assert.That(process.Credentials.UserId, Is.EqualTo(1000));
        Assert.That(process.Credentials.GroupId, Is.EqualTo(100));
        Assert.That(process.Credentials.IsIn(4), Is.True);
        Assert.That(process.Credentials.IsIn(5), Is.False);
        Assert.That(process.Umask, Is.EqualTo(0x3F));
        Assert.That(process.Kernel.Environment.HostName, Is.EqualTo("w2"));
        Assert.That(process.Variables.Count, Is.Zero);
    }

    [Test]
    public void A_user_s_name_is_a_variable_unless_that_is_given()
    {
        Process process = Guest.Start(env => env.Variable("LOGNAME", "other").User(1, 1, "ada"));
        Assert.That(Guest.Texts(process.Variables), Is.EqualTo(new[] { "USER=ada", "LOGNAME=other" }));
    }

    [TestCase("", "x", "empty")]
    [TestCase("A=B", "x", "'='")]
    [TestCase("A\0", "x", "NUL")]
    [TestCase("A", "x\0y", "NUL")]
    public void A_variable_that_cannot_be_is_refused_at_build(string key, string value, string reason) =>
        AssertRefused(env => env.Variable(key, value), reason);

    [Test]
    public void An_argument_that_cannot_be_is_refused_at_build()
    {
        AssertRefused(env => env.Arguments("a", "b\0c"), "\"b\\u0000c\"");
        AssertRefused(env => env.Arguments("\udc00"), "surrogate");
        AssertRefused(env => env.Variable("A", "\ud800"), "surrogate");
        AssertRefused(env => env.ProgramName("\0"), "NUL");
    }

    [Test]
    public void A_host_name_that_cannot_be_is_refused_at_build()
    {
        AssertRefused(env => env.HostName(""), "1 to 64");
        AssertRefused(env => env.HostName(new string('h', 65)), "1 to 64");
        AssertRefused(env => env.HostName(new string('ö', 33)), "1 to 64");
        AssertRefused(env => env.HostName("a\0b"), "NUL");
        Assert.That(Guest.Start(env => env.HostName(new string('h', 64))).Kernel.Environment.HostName, Has.Length.EqualTo(64));
    }

    [TestCase(-1)]
    [TestCase(0x200)]
    public void A_umask_beyond_permission_bits_is_refused_at_build(int umask) =>
        AssertRefused(env => env.Umask(umask), "octal 0 to 777");

    [Test]
    public void Too_many_groups_are_refused_at_build()
    {
        AssertRefused(env => env.Groups(Enumerable.Range(0, 65_537).Select(group => (uint)group)), "65536");
        Assert.That(Guest.Start(env => env.Groups(Enumerable.Range(0, 65_536).Select(group => (uint)group))).Credentials.Groups, Has.Count.EqualTo(65_536));
    }

    [Test]
    public void Arguments_and_variables_together_are_held_against_the_limit()
    {
        // "program\0" "ab\0" "K=V\0" are 8 + 3 + 4 bytes.
        Action<EnvOptions> configure = env => env.Arguments("ab").Variable("K", "V");
        Assert.That(Guest.Start(configure, Limits.Default with { ArgumentBytes = 15 }).Arguments.Count, Is.EqualTo(2));
        AssertRefused(configure, "Limits.ArgumentBytes is 14", Limits.Default with { ArgumentBytes = 14 });
    }

    [Test]
    public void What_is_null_is_refused()
    {
        EnvOptions options = new();
        Assert.That(() => options.Variable(null!, "x"), Throws.ArgumentNullException);
        Assert.That(() => options.Variable("x", null!), Throws.ArgumentNullException);
        Assert.That(() => options.ProgramName(null!), Throws.ArgumentNullException);
        Assert.That(() => options.HostName(null!), Throws.ArgumentNullException);
        Assert.That(() => options.Arguments([null!]).Build(Limits.Default), Throws.ArgumentNullException);
    }

    [Test]
    public void A_built_layer_stays_as_it_is()
    {
        EnvOptions options = new EnvOptions().Arguments("a");
        using Layer layer = options.Build(Limits.Default);
        options.Arguments("b").Variable("K", "V").User(5, 5).SeededEntropy(1);
        Process process = Guest.Start(layer);
        Assert.That(Guest.Texts(process.Arguments), Is.EqualTo(new[] { "program", "a" }));
        Assert.That(process.Variables.Count, Is.Zero);
        Assert.That(process.Credentials.UserId, Is.Zero);
        Assert.That(process.Kernel.Entropy, Is.Not.TypeOf<SeededEntropySource>());
    }

    [Test]
    public void UseEnv_adds_the_layer_and_returns_the_builder()
    {
        Builder builder = new();
        Assert.That(builder.UseEnv().UseEnv(env => env.Arguments("x")), Is.SameAs(builder));
        Assert.That(builder.Added, Has.Count.EqualTo(1));
        using Layer layer = builder.Added[0].Build(Limits.Default);
        Assert.That(Guest.Texts(Guest.Start(layer).Arguments), Is.EqualTo(new[] { "program", "x" }));
        Assert.That(layer.ContractVersion, Is.EqualTo(CoreContract.Version));
        Assert.That(layer.Provides, Is.EquivalentTo(new[] { typeof(ProgramEnvironment), typeof(EntropySource) }));
    }

    private static void AssertRefused(Action<EnvOptions> configure, string reason, Limits? limits = null)
    {
        EnvOptions options = new();
        configure(options);
        Assert.That(() => options.Build(limits ?? Limits.Default), Throws.ArgumentException.With.Message.Contains(reason));
    }

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
