using System.Runtime.InteropServices;
using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <summary>A descriptor of the host's kernel. It stays open while a call uses it, whoever disposes it meanwhile.</summary>
/// <remarks>
/// Calls take the number through <see cref="TryUse"/> and give it back: so the number cannot come to mean another file
/// under a call, and a handle that is already closed is <see cref="Errno.BadF"/> rather than an exception.
/// </remarks>
internal sealed class LinuxHandle : SafeHandle
{
    private readonly Quota? _quota;

    /// <summary>Takes a descriptor over.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="quota">What the descriptor was charged to, and is refunded to when it is closed.</param>
    internal LinuxHandle(int descriptor, Quota? quota = null)
        : base(-1, ownsHandle: true)
    {
        _quota = quota;
        SetHandle(descriptor);
    }

    public override bool IsInvalid => handle < 0;

    /// <summary>Keeps the descriptor open for a call.</summary>
    /// <param name="descriptor">Its number, until <see cref="SafeHandle.DangerousRelease"/>.</param>
    /// <returns>False when it is closed.</returns>
    internal bool TryUse(out int descriptor)
    {
        bool added = false;
        try
        {
            DangerousAddRef(ref added);
        }
        catch (ObjectDisposedException)
        {
            descriptor = -1;
            return false;
        }

        descriptor = (int)handle;
        return true;
    }

    protected override bool ReleaseHandle()
    {
        _quota?.Refund(1);
        return LibC.Close((int)handle) == 0;
    }
}
