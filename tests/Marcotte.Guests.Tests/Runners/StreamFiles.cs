namespace Marcotte.Guests.Tests;

/// <summary>Files that serve as a run's standard streams, beside its root.</summary>
internal sealed class StreamFiles : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("marcotte-streams-").FullName;

    internal StreamFiles(byte[] input) => File.WriteAllBytes(InputPath, input);

    internal string InputPath => Path.Combine(_directory, "in");

    internal string OutputPath => Path.Combine(_directory, "out");

    internal string ErrorPath => Path.Combine(_directory, "err");

    internal byte[] Output => File.Exists(OutputPath) ? File.ReadAllBytes(OutputPath) : [];

    internal string Error => File.Exists(ErrorPath) ? File.ReadAllText(ErrorPath) : string.Empty;

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
