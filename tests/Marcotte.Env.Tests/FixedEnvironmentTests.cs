using Marcotte.Core;

namespace Marcotte.Env.Tests;

[TestFixture]
public sealed class FixedEnvironmentTests
{
    private static readonly FixedEnvironment Basis =
        new(["tool", "a"], [KeyValuePair.Create("K", "V"), KeyValuePair.Create("L", "")], "host");

    [Test]
    public void Other_arguments_leave_name_variables_and_host()
    {
        FixedEnvironment other = Basis.WithArguments("b", "c");
        Assert.That(Guest.Texts(other.Arguments), Is.EqualTo(new[] { "tool", "b", "c" }));
        Assert.That(Guest.Texts(other.Variables), Is.EqualTo(new[] { "K=V", "L=" }));
        Assert.That(other.HostName, Is.EqualTo("host"));
        Assert.That(Guest.Texts(Basis.Arguments), Is.EqualTo(new[] { "tool", "a" }));
    }

    [Test]
    public void Another_name_leaves_the_arguments() =>
        Assert.That(Guest.Texts(Basis.WithProgramName("x").Arguments), Is.EqualTo(new[] { "x", "a" }));

    [Test]
    public void A_variable_more_or_another_value()
    {
        FixedEnvironment other = Basis.WithVariable("K", "W=1").WithVariable("M", "m");
        Assert.That(Guest.Texts(other.Variables), Is.EqualTo(new[] { "K=W=1", "L=", "M=m" }));
        Assert.That(() => Basis.WithVariable("", "x"), Throws.ArgumentException);
    }

    [Test]
    public void From_takes_any_environment()
    {
        Assert.That(FixedEnvironment.From(Basis), Is.SameAs(Basis));
        FixedEnvironment empty = FixedEnvironment.From(ProgramEnvironment.None);
        Assert.That(empty.Arguments.Count, Is.Zero);
        Assert.That(empty.HostName, Is.EqualTo("box"));
        Assert.That(Guest.Texts(empty.WithArguments("x").Arguments), Is.EqualTo(new[] { "program", "x" }));
    }

    [Test]
    public void A_box_of_a_template_can_start_with_arguments_of_its_own()
    {
        using Layer layer = new EnvOptions().Arguments("shared").Build(Limits.Default);
        Process own = Guest.Start(layer, before: kernel =>
            kernel.Environment = FixedEnvironment.From(kernel.Environment).WithArguments("own"));
        Assert.That(Guest.Texts(own.Arguments), Is.EqualTo(new[] { "program", "own" }));
        Assert.That(Guest.Texts(Guest.Start(layer).Arguments), Is.EqualTo(new[] { "program", "shared" }));
    }

    [Test]
    public void A_box_s_own_arguments_are_held_against_the_limit_too()
    {
        Limits limits = Limits.Default with { ArgumentBytes = 20 };
        using Layer layer = new EnvOptions().Build(limits);
        Assert.That(
            () => Guest.Start(layer, limits, kernel => kernel.Environment = FixedEnvironment.From(kernel.Environment).WithArguments(new string('x', 20))),
            Throws.ArgumentException.With.Message.Contains("Limits.ArgumentBytes is 20"));
    }
}
