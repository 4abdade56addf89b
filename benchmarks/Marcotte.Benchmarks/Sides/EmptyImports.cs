using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Marcotte.Abi;
using Marcotte.Core;
using static Marcotte.Abi.WasmType;

namespace Marcotte.Benchmarks.Sides;

/// <summary>
/// The floor: the imports that the guests have, each of them one native function that answers 0 and does nothing else.
/// </summary>
internal sealed unsafe class EmptyImports : AbiLayer
{
    /// <inheritdoc/>
    public override string Name => "empty imports";

    /// <inheritdoc/>
    public override int ContractVersion => CoreContract.Version;

    /// <inheritdoc/>
    public override IReadOnlyList<HostImport> Imports { get; } =
    [
        Import("sched_yield"),
        Import("clock_time_get", I32, I64, I32),
        Import("random_get", I32, I32),
        Import("fd_write", I32, I32, I32, I32),
        Import("fd_read", I32, I32, I32, I32),
        Import("fd_pread", I32, I32, I32, I64, I32),
        Import("fd_seek", I32, I64, I32, I32),
        Import("fd_close", I32),
        Import("fd_readdir", I32, I32, I32, I64, I32),
        Import("path_create_directory", I32, I32, I32),
        Import("path_filestat_get", I32, I32, I32, I32, I32),
        Import("path_open", I32, I32, I32, I32, I32, I64, I64, I32, I32),
    ];

    private static HostImport Import(string name, params WasmType[] parameters) => new(
        new Syscall("wasi_snapshot_preview1", name, [], ResultKind.Errno, SupportLevel.Refused, null, null),
        parameters,
        [I32],
        (nint)(delegate* unmanaged[Cdecl]<nint, nint, WasmValue*, nuint, nint>)&AnswerZero);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint AnswerZero(nint environment, nint caller, WasmValue* values, nuint count)
    {
        values[0].I32 = 0;
        return 0;
    }

    /// <summary>Adds them to a box.</summary>
    internal sealed class Options : LayerOptions
    {
        /// <inheritdoc/>
        public override Layer Build(Limits limits) => new EmptyImports();
    }
}
