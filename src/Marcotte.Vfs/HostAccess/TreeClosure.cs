using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Tells the host's views of a box's tree that the box is gone, or one of them that it was ended.</summary>
internal sealed class TreeClosure : IDisposable
{
    private static readonly Slot<TreeClosure> Slot = new();

    private readonly CancellationTokenSource _closed = new();

    internal bool IsClosed => _closed.IsCancellationRequested;

    /// <summary>Cancelled when the box is gone.</summary>
    internal CancellationToken Closed => _closed.Token;

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

    /// <summary>That of one view alone.</summary>
    internal static TreeClosure OfView() => new();

    // Cancelled and no more: a source without a timer holds nothing, and views may still ask for its token.
    public void Dispose() => _closed.Cancel();
}
