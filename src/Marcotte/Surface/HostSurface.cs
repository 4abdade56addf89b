using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Processes;
using Wasmtime;

namespace Marcotte;

/// <summary>
/// The second door: a surface for those who hold a Wasmtime engine, linkers and stores of their own. Define it on a
/// linker, beside imports of your own, then attach each store before it is used.
/// </summary>
/// <remarks>
/// Limits on memory, stack, fuel and time are the caller's to set on their engine and store. Unless the engine's memories
/// do not move (<c>WithMemoryMayMove(false)</c>) growth of a memory that moves it is noticed only with the next access beyond
/// the old length, so configure it so.
/// </remarks>
public sealed class HostSurface : IDisposable
{
    private readonly LayerSet _layers;
    private readonly GuestAttachments _attachments = new();

    internal HostSurface(LayerSet layers) => _layers = layers;

    /// <summary>All imports of the surface.</summary>
    public IReadOnlyList<HostImport> Imports => _layers.Imports;

    /// <summary>Defines all imports of the surface on a linker.</summary>
    /// <param name="linker">The caller's linker.</param>
    /// <exception cref="InvalidOperationException">The linker has one of them already.</exception>
    public void Define(Linker linker) => _attachments.Define(linker, _layers.Imports);

    /// <summary>Makes a box's process for a store: the calls of what is instantiated in it are that process's.</summary>
    /// <param name="store">The caller's store.</param>
    /// <param name="start">What the process has of its own.</param>
    /// <returns>The attachment; dispose it before the store.</returns>
    public AttachedStore Attach(Store store, BoxStart? start = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        StartedProcess started = _layers.Start(start);
        try
        {
            return new AttachedStore(_attachments.Attach(store, started.Process), started);
        }
        catch
        {
            started.Process.Close();
            started.Process.Kernel.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _layers.Dispose();
}

/// <summary>A caller's store that a surface serves.</summary>
public sealed class AttachedStore : IDisposable
{
    private readonly GuestAttachment _attachment;
    private readonly StartedProcess _started;

    internal AttachedStore(GuestAttachment attachment, StartedProcess started)
    {
        _attachment = attachment;
        _started = started;
    }

    /// <summary>The process that the store's guests run as.</summary>
    public Process Process => _started.Process;

    /// <summary>What was written to standard output; null when that goes elsewhere.</summary>
    public CapturedOutput? Output => _started.Output as CapturedOutput;

    /// <summary>What was written to standard error; null when that goes elsewhere.</summary>
    public CapturedOutput? Error => _started.Error as CapturedOutput;

    /// <summary>The terminal that the process is on; null when it is on none.</summary>
    public PseudoTerminal? Terminal => _started.Terminal;

    /// <summary>The code that the guest exited with, after a call into it ended in a trap for that reason; null otherwise.</summary>
    public int? ExitCode => (_attachment.Thread.Unwinding as ProcessExitException) is { } exit ? (int)exit.Code : null;

    /// <summary>Makes a guest that waits in a host call trap. One that computes is the caller's to end, by the epoch of its engine.</summary>
    public void Kill() => Process.Kill(KillReason.Killed);

    /// <inheritdoc/>
    public void Dispose()
    {
        _attachment.Dispose();
        Process.Close();
        Process.Kernel.Dispose();
    }
}
