using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>What a file is watched for (WASIX <c>epoll_type</c>); not Linux's numbers.</summary>
[Flags]
internal enum PollerBits : uint
{
    None = 0,
    In = 1,
    Out = 2,
    ReadHangUp = 4,
    Priority = 8,
    Error = 16,
    HangUp = 32,
    Edge = 64,
    Once = 128,
}

/// <summary>What is done to a poller's set (WASIX <c>epoll_ctl</c>).</summary>
internal enum PollerChange : uint
{
    Add = 0,
    Modify = 1,
    Remove = 2,
}

/// <summary>Between WASIX' bits and Core's.</summary>
internal static class PollerBitsMapping
{
    internal const PollerBits All = (PollerBits)0xFF;

    internal static Readiness ToReadiness(this PollerBits bits) =>
        ((bits & PollerBits.In) != 0 ? Readiness.In : Readiness.None)
        | ((bits & PollerBits.Out) != 0 ? Readiness.Out : Readiness.None);

    internal static PollModes ToModes(this PollerBits bits) =>
        ((bits & PollerBits.Edge) != 0 ? PollModes.Edge : PollModes.None)
        | ((bits & PollerBits.Once) != 0 ? PollModes.Once : PollModes.None)
        | ((bits & PollerBits.ReadHangUp) != 0 ? PollModes.ReadHangUp : PollModes.None);

    internal static PollerBits ToBits(this PollInterest found) =>
        ((found.Readiness & Readiness.In) != 0 ? PollerBits.In : PollerBits.None)
        | ((found.Readiness & Readiness.Out) != 0 ? PollerBits.Out : PollerBits.None)
        | ((found.Readiness & Readiness.Error) != 0 ? PollerBits.Error : PollerBits.None)
        | ((found.Readiness & Readiness.HangUp) != 0 ? PollerBits.HangUp : PollerBits.None)
        | ((found.Modes & PollModes.ReadHangUp) != 0 ? PollerBits.ReadHangUp : PollerBits.None);
}
