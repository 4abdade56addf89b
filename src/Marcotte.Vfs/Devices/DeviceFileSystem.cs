using Marcotte.Core;

namespace Marcotte.Vfs.Devices;

/// <summary>
/// The devices of a box: null, zero, full, random and urandom where the box has entropy, tty where the process has a
/// terminal, stdin, stdout, stderr, the process's descriptors under fd, and where the box has a process layer ptmx, which makes
/// terminals, and those under pts. Nothing can be made or removed in it.
/// </summary>
/// <remarks>
/// Opening stdin, stdout, stderr or a number under fd shares the open file behind the descriptor, as Plan 9 and the BSDs
/// do: the offset is one. It needs a descriptor that may do what is asked. Truncation is not passed on.
/// </remarks>
public sealed class DeviceFileSystem : FileSystem
{
    internal const ulong RootNumber = 1;
    internal const ulong FirstDevice = 2;
    internal const ulong DescriptorsNumber = 32;
    internal const ulong StreamsNumber = 48;
    internal const ulong TerminalMakerNumber = 56;
    internal const ulong TerminalsNumber = 57;
    internal const ulong FirstDescriptor = 64;
    internal const ulong FirstTerminal = 1UL << 32;

    private readonly DeviceDirectory _root;

    /// <summary>Makes the devices of a box.</summary>
    /// <param name="kernel">The box, whose entropy random and urandom give.</param>
    public DeviceFileSystem(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        List<(byte[] Name, DeviceOperations Operations)> devices =
        [
            ("null"u8.ToArray(), new NullDevice()),
            ("zero"u8.ToArray(), new ZeroDevice()),
            ("full"u8.ToArray(), new FullDevice()),
        ];
        if (!ReferenceEquals(kernel.Entropy, EntropySource.None))
        {
            devices.Add(("random"u8.ToArray(), new RandomDevice(kernel, 8)));
            devices.Add(("urandom"u8.ToArray(), new RandomDevice(kernel, 9)));
        }

        DeviceInode[] inodes = new DeviceInode[devices.Count];
        for (int i = 0; i < inodes.Length; i++)
        {
            inodes[i] = new DeviceInode(this, FirstDevice + (ulong)i, devices[i].Name, devices[i].Operations);
        }

        _root = new DeviceDirectory(this, inodes, null);
    }

    /// <inheritdoc/>
    public override Inode Root => _root;

    /// <inheritdoc/>
    public override bool IsReadOnly => true;
}
