namespace Marcotte.Wasi;

/// <summary>A clock (witx <c>clockid</c>). The numbers are those of <see cref="Core.ClockId"/>.</summary>
internal enum WasiClockId : uint
{
    Realtime = 0,
    Monotonic = 1,
    ProcessCpuTime = 2,
    ThreadCpuTime = 3,
}
