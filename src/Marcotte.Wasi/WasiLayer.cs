using System.Text;
using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>WASI preview 1: the imports <c>wasi_snapshot_preview1</c>, and <c>wasi_unstable</c> for older guests.</summary>
public sealed class WasiLayer : AbiLayer
{
    /// <summary>Where a libc begins to look for preopened directories.</summary>
    private const int FirstPreopen = 3;

    internal static readonly Preopen Root = new("/", "/", Rights.All);

    private readonly Preopen[] _preopens;
    private readonly bool _isDefault;

    /// <summary>Makes the layer.</summary>
    /// <param name="preopens">The directories.</param>
    /// <param name="isDefault">Whether the host named none of them: a box without files then has none to open.</param>
    internal WasiLayer(Preopen[] preopens, bool isDefault = false)
    {
        _preopens = preopens;
        _isDefault = isDefault;
    }

    /// <inheritdoc/>
    public override string Name => "WASI preview 1";

    /// <inheritdoc/>
    public override int ContractVersion => CoreContract.Version;

    /// <inheritdoc/>
    public override IReadOnlyList<HostImport> Imports => WasiImports.All;

    /// <summary>Opens the preopened directories, from descriptor 3 on without a gap.</summary>
    /// <param name="process">The box's first process.</param>
    /// <exception cref="InvalidOperationException">One of them cannot be opened; the message names it and the remedy.</exception>
    public override void Start(Process process)
    {
        ArgumentNullException.ThrowIfNull(process);
        ReadOnlySpan<Preopen> preopens = _preopens;
        if (preopens.IsEmpty || (_isDefault && ReferenceEquals(process.Kernel.Files, FileNamespace.None)))
        {
            return;
        }

        (OpenFile Directory, byte[] Name)[] entries = new (OpenFile, byte[])[preopens.Length];
        for (int i = 0; i < preopens.Length; i++)
        {
            OpenFile directory = preopens[i].Open(process);
            Install(process, directory, preopens[i], FirstPreopen + i);
            entries[i] = (directory, Encoding.UTF8.GetBytes(preopens[i].Name));
        }

        process.Slots.Set(PreopenNames.Slot, new PreopenNames(entries));
    }

    private static void Install(Process process, OpenFile directory, Preopen preopen, int expected)
    {
        Descriptor descriptor = new(directory, WasiRights.Directory & preopen.Rights, WasiRights.Inheriting & preopen.Rights);
        Errno errno = process.Descriptors.Add(descriptor, out int number, FirstPreopen);
        if (errno != Errno.Success)
        {
            directory.Release();
            throw new InvalidOperationException(
                $"The directory \"{preopen.Path}\" cannot be preopened: {errno.ToName()}. Preopen fewer directories, or raise Limits.Descriptors.");
        }

        if (number != expected)
        {
            throw new InvalidOperationException(
                $"The directory \"{preopen.Path}\" got descriptor {number}, but guests look for it at {expected}. Let no other layer open descriptors from 3 on.");
        }
    }
}
