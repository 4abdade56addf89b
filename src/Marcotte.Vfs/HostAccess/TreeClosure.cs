using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Tells the host's views of a box's tree that the box is gone.</summary>
internal sealed class TreeClosure : IDisposable
{
    private static readonly Slot<TreeClosure> Slot = new();

    private volatile bool _isClosed;

    internal bool IsClosed => _isClosed;

    /// <summary>That of a box, which closes it.</summary>
    internal static TreeClosure Of(Kernel kernel)
    {
        lock (Slot)
        {
            TreeClosure? closure = kernel.State.Get(Slot);
            if (closure is null)
            {
                closure = new TreeClosure();
                kernel.State.Set(Slot, closure);
                kernel.Own(closure);
            }

            return closure;
        }
    }

    public void Dispose() => _isClosed = true;
}
