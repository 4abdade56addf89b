namespace Marcotte.Tests;

/// <summary>One engine for all tests that do not need one of their own.</summary>
[SetUpFixture]
internal sealed class SharedEngine
{
    internal static BoxEngine Engine { get; private set; } = null!;

    internal static BoxEngine Metered { get; private set; } = null!;

    internal static BoxBuilder Builder() => new BoxBuilder().WithEngine(Engine);

    [OneTimeSetUp]
    public void Open()
    {
        Engine = new BoxEngine();
        Metered = new BoxEngine(new BoxEngineOptions { Fuel = true });
    }

    [OneTimeTearDown]
    public void Close()
    {
        Engine.Dispose();
        Metered.Dispose();
    }
}
