namespace Marcotte.Core;

/// <summary>Whose priority (getpriority), by Linux's numbers.</summary>
public enum PriorityScope : byte
{
    /// <summary>A process's.</summary>
    Process = 0,

    /// <summary>That of a process group.</summary>
    Group = 1,

    /// <summary>That of a user's processes.</summary>
    User = 2,
}
