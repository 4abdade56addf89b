namespace Marcotte.Guests.Tests;

/// <summary>The engine of all boxes. It keeps what it compiles, so that only the first run compiles CPython.</summary>
[SetUpFixture]
internal sealed class SharedEngine
{
    internal static BoxEngine Engine { get; private set; } = null!;

    [OneTimeSetUp]
    public void Open() => Engine = new BoxEngine(new BoxEngineOptions
    {
        MaxBoxes = 32,
        CacheDirectory = Path.Combine(Repository.Artifacts, "compiled"),
    });

    [OneTimeTearDown]
    public void Close() => Engine.Dispose();
}
