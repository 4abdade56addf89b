using Marcotte.Core;

namespace Marcotte.Guests.Tests;

/// <summary>
/// Stands for a file system where a guest is granted none: C guests import calls on files all the same, and find no
/// directory to make them on.
/// </summary>
internal sealed class NoFiles : LayerOptions
{
    public override Layer Build(Limits limits) => new Nothing();

    private sealed class Nothing : Layer
    {
        public override string Name => "no files";

        public override int ContractVersion => CoreContract.Version;

        public override IReadOnlyList<Type> Provides { get; } = [typeof(FileNamespace)];
    }
}
