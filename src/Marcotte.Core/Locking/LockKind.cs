namespace Marcotte.Core;

/// <summary>What an advisory lock keeps others from.</summary>
public enum LockKind : byte
{
    /// <summary>Others may hold shared locks, and no exclusive one.</summary>
    Shared,

    /// <summary>Nobody else may hold any.</summary>
    Exclusive,
}

/// <summary>Whose a record lock is.</summary>
public enum RecordOwner : byte
{
    /// <summary>The process's: gone when it closes any descriptor of the file, and not its children's (POSIX F_SETLK).</summary>
    Process,

    /// <summary>The open file's: shared by dup and fork, gone with its last descriptor (F_OFD_SETLK).</summary>
    OpenFile,
}
