using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>0x0209: the machine.</summary>
internal static class MachineOperations
{
    private const int FirstProcess = 1;

    /// <summary>How long there is the box's first process, in nanoseconds.</summary>
    internal static long Uptime(Kernel kernel) =>
        kernel.Processes.Find(FirstProcess) is { } first ? Math.Max(0, kernel.Clock.Monotonic() - first.Started) : kernel.Clock.Monotonic();

    internal static Errno SysInfo(ref Call call)
    {
        if (!call.Request.IsComplete)
        {
            return Errno.Inval;
        }

        Kernel kernel = call.Kernel;
        long total = kernel.Limits.MemoryBytes;
        call.Reply.Long(Uptime(kernel) / 1000);
        call.Reply.Take(3 * sizeof(ulong)).Clear();
        call.Reply.Long(total);
        call.Reply.Long(Math.Max(0, total - (call.Thread.Execution?.MemoryBytes ?? 0)));
        call.Reply.UInt((uint)Math.Max(1, kernel.Processes.List().Count));
        call.Reply.UInt((uint)Machine.Of(kernel).Processors);
        return Errno.Success;
    }
}
