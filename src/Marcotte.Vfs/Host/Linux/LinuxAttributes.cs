using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <summary>What the kernel is asked of any kind of file.</summary>
internal static unsafe partial class LinuxAttributes
{
    /// <summary>What statx says of a descriptor.</summary>
    internal static Errno Examine(int descriptor, out StatBuffer buffer)
    {
        byte empty = 0;
        fixed (StatBuffer* pointer = &buffer)
        {
            return LibC.StatX(descriptor, &empty, LibC.AtEmptyPath, StatBuffer.Basic, pointer) < 0 ? LibC.LastError() : Errno.Success;
        }
    }

    /// <summary>What statx says of a name, itself and not what it may link to.</summary>
    internal static Errno Examine(int directory, byte* name, out StatBuffer buffer)
    {
        fixed (StatBuffer* pointer = &buffer)
        {
            return LibC.StatX(directory, name, LibC.AtSymlinkNoFollow, StatBuffer.Basic, pointer) < 0 ? LibC.LastError() : Errno.Success;
        }
    }

    /// <summary>Times as the kernel takes them: those of access, then those of modification.</summary>
    internal static void Encode(in TimeUpdate times, TimeSpec* specs)
    {
        specs[0] = Encode(times.Access);
        specs[1] = Encode(times.Modify);
    }

    private static TimeSpec Encode(long time)
    {
        if (time == TimeUpdate.Omit)
        {
            return new TimeSpec { Nanoseconds = (nint)LibC.TimeOmit };
        }

        if (time == TimeUpdate.Now)
        {
            return new TimeSpec { Nanoseconds = (nint)LibC.TimeNow };
        }

        (long seconds, long nanoseconds) = Math.DivRem(time, 1_000_000_000);
        return nanoseconds < 0
            ? new TimeSpec { Seconds = (nint)(seconds - 1), Nanoseconds = (nint)(nanoseconds + 1_000_000_000) }
            : new TimeSpec { Seconds = (nint)seconds, Nanoseconds = (nint)nanoseconds };
    }
}
