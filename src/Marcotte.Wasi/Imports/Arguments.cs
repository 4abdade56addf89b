using System.Buffers.Binary;
using Marcotte.Abi;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>Arguments and variables of the process: <c>args_*</c> and <c>environ_*</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Arguments
{
    /// <summary>args_sizes_get: how much room the arguments need.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="argc">Takes their number.</param>
    /// <param name="argvBufSize">Takes the bytes of all, with a NUL after each.</param>
    /// <returns><see cref="Errno.Fault"/> when a pointer lies outside of memory.</returns>
    [HostImport(WasiModules.Preview1, "args_sizes_get", Needs = typeof(ProgramEnvironment))]
    [HostImport(WasiModules.Unstable, "args_sizes_get", Needs = typeof(ProgramEnvironment))]
    internal static Errno ArgsSizesGet(GuestThread thread, GuestMemory memory, GuestOut<uint> argc, GuestOut<uint> argvBufSize) =>
        Sizes(memory, thread.Process.Arguments, argc, argvBufSize);

    /// <summary>args_get: the arguments.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="argv">Takes the address of each, one after the other.</param>
    /// <param name="argvBuf">Takes the bytes of all, with a NUL after each.</param>
    /// <returns><see cref="Errno.Fault"/> when they do not fit into memory; nothing is written then.</returns>
    [HostImport(WasiModules.Preview1, "args_get", Needs = typeof(ProgramEnvironment))]
    [HostImport(WasiModules.Unstable, "args_get", Needs = typeof(ProgramEnvironment))]
    internal static Errno ArgsGet(GuestThread thread, GuestMemory memory, GuestOut<uint> argv, GuestOut<byte> argvBuf) =>
        Get(memory, thread.Process.Arguments, argv, argvBuf);

    /// <summary>environ_sizes_get: how much room the variables need.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="environc">Takes their number.</param>
    /// <param name="environBufSize">Takes the bytes of all, with a NUL after each.</param>
    /// <returns><see cref="Errno.Fault"/> when a pointer lies outside of memory.</returns>
    [HostImport(WasiModules.Preview1, "environ_sizes_get", Needs = typeof(ProgramEnvironment))]
    [HostImport(WasiModules.Unstable, "environ_sizes_get", Needs = typeof(ProgramEnvironment))]
    internal static Errno EnvironSizesGet(GuestThread thread, GuestMemory memory, GuestOut<uint> environc, GuestOut<uint> environBufSize) =>
        Sizes(memory, thread.Process.Variables, environc, environBufSize);

    /// <summary>environ_get: the variables, each as KEY=VALUE.</summary>
    /// <param name="thread">Who calls.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="environ">Takes the address of each, one after the other.</param>
    /// <param name="environBuf">Takes the bytes of all, with a NUL after each.</param>
    /// <returns><see cref="Errno.Fault"/> when they do not fit into memory; nothing is written then.</returns>
    [HostImport(WasiModules.Preview1, "environ_get", Needs = typeof(ProgramEnvironment))]
    [HostImport(WasiModules.Unstable, "environ_get", Needs = typeof(ProgramEnvironment))]
    internal static Errno EnvironGet(GuestThread thread, GuestMemory memory, GuestOut<uint> environ, GuestOut<byte> environBuf) =>
        Get(memory, thread.Process.Variables, environ, environBuf);

    private static Errno Sizes(GuestMemory memory, ByteStrings strings, GuestOut<uint> count, GuestOut<uint> size) =>
        memory.CanWrite(size) && memory.TryWrite(count, (uint)strings.Count) && memory.TryWrite(size, (uint)strings.Block.Length)
            ? Errno.Success
            : Errno.Fault;

    private static Errno Get(GuestMemory memory, ByteStrings strings, GuestOut<uint> pointers, GuestOut<byte> buffer)
    {
        ReadOnlySpan<byte> block = strings.Block;
        if (!memory.TrySliceBytes(new GuestSpan<uint>(pointers.Address, (uint)strings.Count), out Span<byte> addresses)
            || !memory.TrySlice(buffer.Address, (uint)block.Length, out Span<byte> bytes))
        {
            return Errno.Fault;
        }

        block.CopyTo(bytes);
        foreach (int offset in strings.Offsets)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(addresses, buffer.Address + (uint)offset);
            addresses = addresses[sizeof(uint)..];
        }

        return Errno.Success;
    }
}
