using System.Runtime.InteropServices;

namespace Marcotte;

/// <summary>
/// The stack that a host thread takes signals of the kernel on while it runs guests, on Linux. Wasmtime makes one for each thread where the one that is there is too small,
/// ends the host's process when the kernel has no mapping left for it, and the runtime, which frees what it finds in its own one's place as the thread ends,
/// never frees its own. So a thread brings one that is large enough, cut from a mapping that many share, and puts the runtime's back before it ends.
/// </summary>
internal static unsafe partial class SignalStack
{
    /// <summary>What Wasmtime asks for.</summary>
    private const int Bytes = 64 * 4096;

    private const int PerMapping = 64;
    private const int ReadAndWrite = 1 | 2;
    private const int PrivateAnonymousNoReserve = 0x02 | 0x20 | 0x4000;

    private static readonly Lock Gate = new();
    private static readonly Stack<nint> Free = new();

    /// <summary>Puts a large one in the place of the calling thread's.</summary>
    /// <returns>What to put back; nothing where there is nothing to do.</returns>
    internal static Lease Enter()
    {
        if (!OperatingSystem.IsLinux() || !TryTake(out nint stack))
        {
            return default;
        }

        Description mine = new() { Address = stack, Bytes = Bytes };
        Description before;
        if (Exchange(&mine, &before) == 0)
        {
            return new Lease(stack, before);
        }

        Return(stack);
        return default;
    }

    private static bool TryTake(out nint stack)
    {
        lock (Gate)
        {
            if (Free.Count == 0)
            {
                nint start = Map(0, (nuint)Bytes * PerMapping, ReadAndWrite, PrivateAnonymousNoReserve, -1, 0);
                for (int i = 0; start != -1 && i < PerMapping; i++)
                {
                    Free.Push(start + ((nint)i * Bytes));
                }
            }

            return Free.TryPop(out stack);
        }
    }

    private static void Return(nint stack)
    {
        lock (Gate)
        {
            Free.Push(stack);
        }
    }

    [LibraryImport("libc", EntryPoint = "sigaltstack")]
    private static partial int Exchange(Description* next, Description* before);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    /// <summary>The calling thread's own signal stack, to be put back.</summary>
    internal readonly struct Lease(nint stack, Description before)
    {
        /// <summary>Puts it back. The thread runs no guest any more.</summary>
        internal void Leave()
        {
            Description own = before;
            if (stack != 0 && Exchange(&own, null) == 0)
            {
                Return(stack);
            }
        }
    }

    /// <summary>Linux's <c>stack_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Description
    {
        internal nint Address;
        internal int Flags;
        internal nuint Bytes;
    }
}
