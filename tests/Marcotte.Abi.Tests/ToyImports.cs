using Marcotte.Core;

namespace Marcotte.Abi.Tests;

/// <summary>Imports that try all that a host call can take, give and do.</summary>
[HostImports]
internal static partial class ToyImports
{
    internal static int Collections { get; set; }

    [HostImport("toy", "add")]
    internal static int Add(GuestThread thread, int left, int right) => left + right;

    [HostImport("toy", "mix")]
    internal static double Mix(GuestThread thread, long whole, float half, double rest) => whole + half + rest;

    [HostImport("toy", "sum")]
    internal static Errno Sum(GuestThread thread, GuestMemory memory, GuestSpan<byte> bytes, GuestOut<uint> sum)
    {
        if (!memory.TrySlice(bytes, out Span<byte> values))
        {
            return Errno.Fault;
        }

        uint total = 0;
        foreach (byte value in values)
        {
            total += value;
        }

        return memory.TryWrite(sum, total) ? Errno.Success : Errno.Fault;
    }

    [HostImport("toy", "exit")]
    internal static void Exit(GuestThread thread, uint code) => throw new ProcessExitException(code);

    [HostImport("toy", "fail")]
    internal static void Fail(GuestThread thread) => throw new InvalidDataException("a layer's bug");

    [HostImport("toy", "collect")]
    internal static void Collect(GuestThread thread)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Collections++;
    }
}
