namespace Marcotte.Wasix;

/// <summary>What became of a child (tag of <c>join_status</c>).</summary>
internal enum JoinTag : byte
{
    Nothing = 0,
    Exited = 1,
    Signaled = 2,
    Stopped = 3,
}
