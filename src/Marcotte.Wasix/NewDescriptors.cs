using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>Gives open files numbers.</summary>
internal static class NewDescriptors
{
    /// <summary>Gives an open file the lowest free number.</summary>
    /// <param name="process">The process.</param>
    /// <param name="file">The file; its reference is given back unless this succeeds.</param>
    /// <param name="closeOnExec">Whether exec closes it.</param>
    /// <param name="number">The number.</param>
    /// <returns><see cref="Errno.MFile"/>.</returns>
    internal static Errno Install(Process process, OpenFile file, bool closeOnExec, out int number)
    {
        Errno errno = process.Descriptors.Add(new Descriptor(file, Rights.All, Rights.All, closeOnExec), out number);
        if (errno != Errno.Success)
        {
            file.Release();
        }

        return errno;
    }

    /// <summary>Makes a pipe and gives both ends numbers.</summary>
    internal static Errno InstallPipe(Process process, StatusFlags status, bool closeOnExec, out int reader, out int writer)
    {
        writer = reader = -1;
        Errno errno = process.Kernel.Anonymous.Pipe(process, status, out OpenFile? input, out OpenFile? output);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = Install(process, input!, closeOnExec, out reader);
        if (errno != Errno.Success)
        {
            output!.Release();
            return errno;
        }

        errno = Install(process, output!, closeOnExec, out writer);
        if (errno != Errno.Success)
        {
            process.Descriptors.Close(reader);
        }

        return errno;
    }

    /// <summary>Makes a further descriptor of an open file (F_DUPFD).</summary>
    internal static Errno Duplicate(Process process, int from, int lowest, bool closeOnExec, out int number)
    {
        number = -1;
        Errno errno = Take(process, from, closeOnExec, out Descriptor? copy);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = process.Descriptors.Add(copy!, out number, lowest);
        if (errno != Errno.Success)
        {
            copy!.File.Release();
        }

        return errno;
    }

    /// <summary>Makes a number a copy of another (dup2, dup3); what it was is closed.</summary>
    internal static Errno DuplicateTo(Process process, int from, int to, bool closeOnExec)
    {
        Errno errno = Take(process, from, closeOnExec, out Descriptor? copy);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = process.Descriptors.Set(copy!, to);
        if (errno != Errno.Success)
        {
            copy!.File.Release();
        }

        return errno;
    }

    /// <summary>Changes whether exec closes a descriptor.</summary>
    internal static Errno SetCloseOnExec(Process process, int fd, bool closeOnExec)
    {
        while (process.Descriptors.TryGet(fd, out Descriptor? descriptor))
        {
            // It fails only when another thread changed the number meanwhile: then what is there now is looked at.
            if (process.Descriptors.Replace(fd, descriptor, descriptor with { CloseOnExec = closeOnExec }) == Errno.Success)
            {
                return Errno.Success;
            }
        }

        return Errno.BadF;
    }

    private static Errno Take(Process process, int from, bool closeOnExec, out Descriptor? copy)
    {
        copy = null;
        if (!process.Descriptors.TryGet(from, out Descriptor? descriptor) || !descriptor.File.TryAcquire())
        {
            return Errno.BadF;
        }

        copy = descriptor with { CloseOnExec = closeOnExec };
        return Errno.Success;
    }
}
