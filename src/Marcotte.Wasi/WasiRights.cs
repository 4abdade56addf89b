using System.Runtime.CompilerServices;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>
/// Which rights make sense for which file, and what a call answers when one is missing (witx <c>rights</c>).
/// </summary>
internal static class WasiRights
{
    /// <summary>What may be done with a regular file.</summary>
    internal const Rights File =
        Rights.FdDataSync | Rights.FdRead | Rights.FdSeek | Rights.FdFdStatSetFlags | Rights.FdSync | Rights.FdTell
        | Rights.FdWrite | Rights.FdAdvise | Rights.FdAllocate | Rights.FdFileStatGet | Rights.FdFileStatSetSize
        | Rights.FdFileStatSetTimes | Rights.PollFdReadWrite;

    /// <summary>What may be done with a directory, and in it.</summary>
    internal const Rights Directory =
        Rights.FdDataSync | Rights.FdFdStatSetFlags | Rights.FdSync | Rights.PathCreateDirectory | Rights.PathCreateFile
        | Rights.PathLinkSource | Rights.PathLinkTarget | Rights.PathOpen | Rights.FdReadDir | Rights.PathReadLink
        | Rights.PathRenameSource | Rights.PathRenameTarget | Rights.PathFileStatGet | Rights.PathFileStatSetSize
        | Rights.PathFileStatSetTimes | Rights.FdFileStatGet | Rights.FdFileStatSetTimes | Rights.PathSymlink
        | Rights.PathRemoveDirectory | Rights.PathUnlinkFile | Rights.PollFdReadWrite;

    /// <summary>What may be handed on by a preopened directory to all that is opened beneath it.</summary>
    internal const Rights Inheriting = Directory | File | Rights.SockShutdown | Rights.SockAccept;

    private const Rights Position = Rights.FdSeek | Rights.FdTell;

    private const Rights Reading = Rights.FdRead;

    private const Rights Writing = Rights.FdWrite | Rights.FdAllocate | Rights.FdFileStatSetSize;

    /// <summary>The rights that mean anything for an open file.</summary>
    /// <param name="file">The open file.</param>
    /// <returns>All other rights can be dropped without loss.</returns>
    /// <remarks>
    /// A libc takes a character device without FD_SEEK and FD_TELL for a terminal; so a terminal never has them, and any
    /// other character device does, though moving its offset may fail.
    /// </remarks>
    internal static Rights Possible(OpenFile file)
    {
        FileOperations operations = file.Operations;
        if (operations.Type == FileType.Directory)
        {
            return Directory;
        }

        Rights rights = File;
        if (!operations.IsSeekable)
        {
            rights &= ~(Position | Rights.FdAdvise | Rights.FdAllocate | Rights.FdFileStatSetSize);
        }

        if (operations.Type == FileType.CharacterDevice)
        {
            rights = operations.IsTerminal ? rights & ~Position : rights | Position;
        }
        else if (operations.Type is FileType.StreamSocket or FileType.DatagramSocket)
        {
            rights |= Rights.SockShutdown | Rights.SockAccept;
        }

        if ((file.Access & AccessModes.Read) == 0)
        {
            rights &= ~Reading;
        }

        return (file.Access & AccessModes.Write) == 0 ? rights & ~Writing : rights;
    }

    /// <summary>The rights that an open file can hand on.</summary>
    /// <param name="file">The open file.</param>
    /// <returns>None unless something can be opened beneath it.</returns>
    internal static Rights PossiblyInheriting(OpenFile file) =>
        file.Operations.Type == FileType.Directory ? Inheriting : Rights.None;

    /// <summary>Why a descriptor cannot do what it lacks a right for.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="needed">The rights that the call needs, of which at least one is missing.</param>
    /// <returns>
    /// What POSIX answers where a right is missing because of the file's kind or the way it was opened; else
    /// <see cref="Errno.NotCapable"/>.
    /// </returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Errno Refusal(Descriptor descriptor, Rights needed)
    {
        OpenFile file = descriptor.File;
        Rights missing = needed & ~descriptor.Base;
        if ((missing & Reading) != 0 && (file.Access & AccessModes.Read) == 0)
        {
            return Errno.BadF;
        }

        if ((missing & Writing) != 0 && (file.Access & AccessModes.Write) == 0)
        {
            // ftruncate alone answers EINVAL for a file that is open but not for writing.
            return (missing & Rights.FdFileStatSetSize) != 0 ? Errno.Inval : Errno.BadF;
        }

        if (file.Operations.Type == FileType.Directory)
        {
            return (missing & Rights.FdAdvise) != 0 ? Errno.BadF
                : (missing & ~Directory) != 0 ? Errno.IsDir
                : Errno.NotCapable;
        }

        if ((missing & Directory & ~File) != 0)
        {
            return Errno.NotDir;
        }

        return file.Operations.IsSeekable ? Errno.NotCapable
            : (missing & (Position | Rights.FdAdvise | Rights.FdAllocate)) != 0 ? Errno.SPipe
            : (missing & Rights.FdFileStatSetSize) != 0 ? Errno.Inval
            : Errno.NotCapable;
    }
}
