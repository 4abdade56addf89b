namespace Marcotte.Core;

/// <summary>What a process asks whether it may do to a file (POSIX access).</summary>
[Flags]
public enum AccessCheck : byte
{
    /// <summary>Only whether it is there (F_OK).</summary>
    Exists = 0,

    /// <summary>Execute it, or search it (X_OK).</summary>
    Execute = 1,

    /// <summary>Write it (W_OK).</summary>
    Write = 2,

    /// <summary>Read it (R_OK).</summary>
    Read = 4,
}

/// <summary>How a name is replaced by a rename (renameat2(2)).</summary>
public enum RenameMode : byte
{
    /// <summary>What has the new name is replaced.</summary>
    Replace,

    /// <summary>Nothing may have the new name (RENAME_NOREPLACE): <see cref="Errno.Exist"/>.</summary>
    NoReplace,

    /// <summary>The two names change places (RENAME_EXCHANGE); both must be there.</summary>
    Exchange,
}
