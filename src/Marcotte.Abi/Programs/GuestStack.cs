using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Marcotte.Abi;

/// <summary>
/// How much stack the current thread has left. A guest that was let deeper than its thread's stack reaches would take
/// the host down, so whoever borrows a thread asks first.
/// </summary>
public static unsafe partial class GuestStack
{
    /// <summary>Room for the host's own frames, above what the guest's may take.</summary>
    public const int HostBytes = 384 * 1024;

    [ThreadStatic]
    private static nuint _limit;

    /// <summary>Whether a guest may run on the current thread.</summary>
    /// <param name="guestBytes">Bytes its frames may take.</param>
    /// <returns>False when the stack is too small, or nobody knows how small it is.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool HasRoomFor(int guestBytes)
    {
        nuint limit = _limit;
        if (limit == 0)
        {
            limit = _limit = FindLimit();
        }

        byte here;
        nuint address = (nuint)(&here);
        return limit != nuint.MaxValue && address > limit && address - limit >= (nuint)guestBytes + HostBytes;
    }

    private static nuint FindLimit()
    {
        if (OperatingSystem.IsLinux())
        {
            return LinuxLimit();
        }

        if (OperatingSystem.IsWindows())
        {
            GetCurrentThreadStackLimits(out nuint low, out _);
            return low;
        }

        if (OperatingSystem.IsMacOS())
        {
            nint self = ThreadSelf();
            return (nuint)MacStackAddress(self) - MacStackSize(self);
        }

        return nuint.MaxValue;
    }

    private static nuint LinuxLimit()
    {
        // pthread_attr_t is 56 bytes on 64-bit glibc and musl.
        byte* attributes = stackalloc byte[128];
        if (GetAttributes(ThreadSelf(), attributes) != 0)
        {
            return nuint.MaxValue;
        }

        nuint low;
        nuint size;
        int result = GetStack(attributes, &low, &size);
        _ = DestroyAttributes(attributes);
        return result == 0 ? low : nuint.MaxValue;
    }

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    private static partial nint ThreadSelf();

    [LibraryImport("libc", EntryPoint = "pthread_getattr_np")]
    private static partial int GetAttributes(nint thread, byte* attributes);

    [LibraryImport("libc", EntryPoint = "pthread_attr_getstack")]
    private static partial int GetStack(byte* attributes, nuint* low, nuint* size);

    [LibraryImport("libc", EntryPoint = "pthread_attr_destroy")]
    private static partial int DestroyAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "pthread_get_stackaddr_np")]
    private static partial nint MacStackAddress(nint thread);

    [LibraryImport("libc", EntryPoint = "pthread_get_stacksize_np")]
    private static partial nuint MacStackSize(nint thread);

    [LibraryImport("kernel32")]
    private static partial void GetCurrentThreadStackLimits(out nuint low, out nuint high);
}
