namespace Marcotte.Core;

/// <summary>Whose priority is meant (getpriority), by Linux's numbers.</summary>
public enum PriorityScope : byte
{
    /// <summary>A process.</summary>
    Process = 0,

    /// <summary>All of a process group.</summary>
    Group = 1,

    /// <summary>All of a user.</summary>
    User = 2,
}
