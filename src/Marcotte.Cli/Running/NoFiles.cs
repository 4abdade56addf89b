using Marcotte.Core;

namespace Marcotte.Cli;

/// <summary>
/// Stands for a file system when nothing is granted: the program may import calls on files, has no directory to make
/// them on, and is answered EBADF.
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
