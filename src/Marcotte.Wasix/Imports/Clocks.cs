using Marcotte.Abi;
using Marcotte.Core;
using Marcotte.Wasi;

namespace Marcotte.Wasix;

/// <summary>Setting clocks: <c>clock_time_set</c>.</summary>
[HostImports(ErrnoEncoder = typeof(WasiErrno))]
internal static partial class Clocks
{
    /// <summary>clock_time_set: sets a clock, which is the host's to do.</summary>
    /// <returns><see cref="Errno.Inval"/> for no clock that can be set, else <see cref="Errno.Perm"/>.</returns>
    [HostImport(WasixModules.Core, "clock_time_set", Support = SupportLevel.Refused, Note = "The host sets the clocks: EPERM.")]
    internal static Errno ClockTimeSet(GuestThread thread, uint id, ulong timestamp)
    {
        _ = thread;
        _ = timestamp;
        return id == (uint)ClockId.Realtime ? Errno.Perm : Errno.Inval;
    }
}
