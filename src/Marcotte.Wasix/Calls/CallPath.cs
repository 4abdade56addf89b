using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>Paths of requests: a directory's descriptor, or AT_FDCWD, and the path from there, as the *at calls of Linux take them.</summary>
internal static class CallPath
{
    internal const uint NoFollow = 0x100;
    internal const uint RemoveDirectory = 0x200;
    internal const uint Follow = 0x400;
    internal const uint EmptyPath = 0x1000;

    private const int WorkingDirectory = -100;

    /// <summary>Finds where a path starts.</summary>
    /// <param name="process">Whose.</param>
    /// <param name="directory">The directory's descriptor, which does not count for an absolute path.</param>
    /// <param name="path">The path.</param>
    /// <param name="follow">Whether a link at the end is followed.</param>
    /// <param name="reference">The path with its start.</param>
    /// <returns><see cref="Errno.BadF"/>.</returns>
    internal static Errno Find(Process process, int directory, ReadOnlySpan<byte> path, bool follow, out PathReference reference)
    {
        OpenFile? start = null;
        if (directory != WorkingDirectory && !path.StartsWith("/"u8))
        {
            if (!process.Descriptors.TryGet(directory, out Descriptor? descriptor))
            {
                reference = default;
                return Errno.BadF;
            }

            start = descriptor.File;
        }

        reference = new PathReference(process, start, path, follow ? PathFlags.Follow : PathFlags.None);
        return Errno.Success;
    }

    /// <summary>Finds what a path names: an open file, when it is empty and may be (AT_EMPTY_PATH), or a name.</summary>
    /// <param name="process">Whose.</param>
    /// <param name="directory">The directory's descriptor, or the file's.</param>
    /// <param name="path">The path.</param>
    /// <param name="flags">The call's flags.</param>
    /// <param name="file">The open file; null when <paramref name="reference"/> counts.</param>
    /// <param name="reference">The path with its start.</param>
    /// <returns><see cref="Errno.BadF"/>.</returns>
    internal static Errno Find(Process process, int directory, ReadOnlySpan<byte> path, uint flags, out OpenFile? file, out PathReference reference)
    {
        file = null;
        if (!path.IsEmpty || (flags & EmptyPath) == 0)
        {
            return Find(process, directory, path, (flags & NoFollow) == 0, out reference);
        }

        if (directory == WorkingDirectory)
        {
            return Find(process, directory, "."u8, follow: true, out reference);
        }

        reference = default;
        if (!process.Descriptors.TryGet(directory, out Descriptor? descriptor))
        {
            return Errno.BadF;
        }

        file = descriptor.File;
        return Errno.Success;
    }

    /// <summary>Looks a descriptor up that must have some rights.</summary>
    /// <param name="process">Whose.</param>
    /// <param name="fd">The descriptor.</param>
    /// <param name="file">Its open file.</param>
    /// <param name="needed">The rights.</param>
    /// <returns><see cref="Errno.BadF"/> when not open, <see cref="Errno.NotCapable"/> without the rights.</returns>
    internal static Errno Get(Process process, int fd, out OpenFile file, Rights needed = Rights.None)
    {
        if (!process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            file = null!;
            return Errno.BadF;
        }

        file = descriptor.File;
        return descriptor.Has(needed) ? Errno.Success : Errno.NotCapable;
    }
}
