namespace Marcotte.Wasi;

/// <summary>What is waited for (witx <c>eventtype</c>).</summary>
internal enum EventType : byte
{
    Clock = 0,
    FdRead = 1,
    FdWrite = 2,
}

/// <summary>How a clock is waited for (witx <c>subclockflags</c>).</summary>
[Flags]
internal enum SubClockFlags : ushort
{
    None = 0,
    AbsTime = 1,
}

/// <summary>What is the matter with a file that was waited for (witx <c>eventrwflags</c>).</summary>
[Flags]
internal enum EventRwFlags : ushort
{
    None = 0,
    HangUp = 1,
}
