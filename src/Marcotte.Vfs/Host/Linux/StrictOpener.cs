using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <summary>
/// Opens names beneath a directory's handle so that no link of any kind is followed. With openat2 the kernel enforces it
/// for the whole call; where that is missing or forbidden (a kernel before 5.6, a seccomp filter that does not know it),
/// openat with O_NOFOLLOW has the same effect, for a name here is always a single component.
/// </summary>
internal sealed unsafe class StrictOpener
{
    private const int Always = LibC.OpenCloseOnExec | LibC.OpenNoTty | LibC.OpenNonBlocking;
    private const int Attempts = 64;

    private volatile bool _hasOpenAt2;

    /// <summary>Makes an opener.</summary>
    /// <param name="useOpenAt2">Whether to try openat2 at all; tests say no.</param>
    internal StrictOpener(bool useOpenAt2 = true) => _hasOpenAt2 = useOpenAt2;

    /// <summary>Whether the kernel enforces the rules; false once it turned out not to know openat2.</summary>
    internal bool HasOpenAt2 => _hasOpenAt2;

    /// <summary>Opens a name.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="name">The name, checked by <see cref="NativeName"/>, or a single dot.</param>
    /// <param name="flags">O_ flags beyond those that are always given.</param>
    /// <param name="mode">Permission bits of a file that is created.</param>
    /// <param name="descriptor">The descriptor.</param>
    /// <returns>The outcome; <see cref="Errno.Loop"/> for a symbolic link, unless it is only named (O_PATH).</returns>
    internal Errno Open(int directory, byte* name, int flags, uint mode, out int descriptor)
    {
        // O_PATH admits no flags but these; a path opened so can neither block nor become a terminal.
        flags |= LibC.OpenNoFollow | ((flags & LibC.OpenPath) != 0 ? LibC.OpenCloseOnExec : Always);
        return _hasOpenAt2 ? OpenChecked(directory, name, flags, mode, out descriptor) : OpenPlain(directory, name, flags, mode, out descriptor);
    }

    private Errno OpenChecked(int directory, byte* name, int flags, uint mode, out int descriptor)
    {
        OpenHow how = new() { Flags = (uint)flags, Mode = mode, Resolve = OpenHow.Strict };
        for (int attempt = 0; ; attempt++)
        {
            descriptor = LibC.OpenAt2(directory, name, how);
            if (descriptor >= 0)
            {
                return Errno.Success;
            }

            Errno refused = LibC.LastError();
            switch (refused)
            {
                // The kernel asks to try again when a rename elsewhere kept it from being sure.
                case Errno.Again or Errno.Intr when attempt < Attempts:
                    continue;
                case Errno.NoSys:
                    _hasOpenAt2 = false;
                    return OpenPlain(directory, name, flags, mode, out descriptor);
                case Errno.Perm:
                    // A filter's refusal, or the file's own (an immutable file, say): ask the other way, and remember
                    // nothing unless that worked.
                    Errno errno = OpenPlain(directory, name, flags, mode, out descriptor);
                    _hasOpenAt2 = errno != Errno.Success;
                    return errno;
                case Errno.XDev:
                    // It would have left the directory. A checked name cannot; nothing is to be told of what is there.
                    return Errno.Access;
                default:
                    return refused;
            }
        }
    }

    private static Errno OpenPlain(int directory, byte* name, int flags, uint mode, out int descriptor)
    {
        do
        {
            descriptor = LibC.OpenAt(directory, name, flags, mode);
            if (descriptor >= 0)
            {
                return Errno.Success;
            }
        }
        while (LibC.LastError() == Errno.Intr);
        return LibC.LastError();
    }
}
