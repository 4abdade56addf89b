using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Functions of preview 1 that mean something else to a guest of WASIX.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Preview1
{
    /// <summary>fd_renumber: makes a number a copy of another, open or not (dup2).</summary>
    /// <returns><see cref="Errno.BadF"/> when the first is not open, or the second out of range.</returns>
    [HostImport(WasixModules.Preview1, "fd_renumber", Note = "To WASIX guests it is dup2.")]
    internal static Errno FdRenumber(GuestThread thread, [GuestDescriptor] int fd, [GuestDescriptor] int to)
    {
        Process process = thread.Process;
        return fd != to ? NewDescriptors.DuplicateTo(process, fd, to, closeOnExec: false)
            : process.Descriptors.TryGet(fd, out _) ? Errno.Success
            : Errno.BadF;
    }

    /// <summary>proc_raise: sends the calling thread a signal, by Linux's number (raise).</summary>
    /// <returns><see cref="Errno.Inval"/> for no signal.</returns>
    [HostImport(WasixModules.Preview1, "proc_raise", Needs = typeof(SignalTable), Note = "To WASIX guests it is raise.")]
    internal static Errno ProcRaise(GuestThread thread, uint sig) =>
        SignalHandling.Check(sig, out Signal signal) is not Errno.Success and var errno
            ? errno
            : thread.Kernel.Signals.SendToThread(thread, thread.Id, signal);

    /// <summary>sched_yield: lets other threads run, and sees to signals.</summary>
    /// <returns>Always success.</returns>
    [HostImport(WasixModules.Preview1, "sched_yield")]
    internal static Errno SchedYield(GuestThread thread)
    {
        Thread.Yield();
        thread.SeeToSignals();
        return Errno.Success;
    }

    /// <summary>path_readlink: reads a symbolic link; with <see cref="Call.Descriptor"/> it is Marcotte's call.</summary>
    /// <returns>As path_readlink, or as the call.</returns>
    [HostImport(WasixModules.Preview1, "path_readlink", Needs = typeof(FileNamespace), Note = "To WASIX guests it carries the guest SDK's call as well.")]
    internal static Errno PathReadlink(GuestThread thread, GuestMemory memory, [GuestDescriptor] int fd, GuestText path, GuestSpan<byte> buf, GuestOut<uint> bufused) =>
        fd == Call.Descriptor
            ? Call.Answer(thread, memory, path, buf, bufused)
            : WasiFiles.ReadLink(thread, memory, fd, path, buf, bufused);
}
