using Marcotte.Core;
using Marcotte.Core.Waiting;

namespace Marcotte.Processes;

/// <summary>/dev/pts/N.</summary>
internal sealed class TerminalNode(Tty tty) : SpecialFile
{
    public override FileType Type => FileType.CharacterDevice;

    public override Errno Open(Process process, AccessModes access, StatusFlags status, out FileOperations? operations)
    {
        Errno errno = tty.Open();
        operations = errno == Errno.Success ? new ProgramEnd(tty) : null;
        return errno;
    }

    public override Errno Stat(out FileStat stat)
    {
        stat = TerminalStat.Of(tty, major: 136);
        return Errno.Success;
    }
}

/// <summary>/dev/ptmx.</summary>
internal sealed class TerminalMaker(AnonymousFileTable files) : SpecialFile
{
    public override FileType Type => FileType.CharacterDevice;

    public override Errno Open(Process process, AccessModes access, StatusFlags status, out FileOperations? operations)
    {
        Errno errno = files.MakeTerminal(process.Kernel, default, process.Credentials, out Tty? tty);
        operations = tty is null ? null : new PersonEnd(tty);
        return errno;
    }

    /// <summary>Anyone may have a terminal.</summary>
    public override Errno Stat(out FileStat stat)
    {
        stat = new FileStat { Type = Type, Mode = 0x1B6, Links = 1, Represents = (5 << 8) | 2 };
        return Errno.Success;
    }
}

/// <summary>What a program has of a terminal.</summary>
internal sealed class ProgramEnd(Tty tty) : FileOperations
{
    public override FileType Type => FileType.CharacterDevice;

    public override Terminal? Terminal => tty;

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count) => tty.Read(file, buffer, out count);

    public override Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, out int count) => tty.Write(buffer, out count);

    public override Errno Readable(OpenFile file, out int count)
    {
        count = tty.Readable;
        return Errno.Success;
    }

    public override Readiness Poll(OpenFile file) => tty.PollProgram();

    public override WaitQueue? Queue(OpenFile file) => tty.Programs;

    public override Errno Stat(OpenFile file, out FileStat stat)
    {
        stat = TerminalStat.Of(tty, major: 136);
        return Errno.Success;
    }

    public override void Release(OpenFile file) => tty.Close();
}

/// <summary>What its person has of a terminal. As on Linux it answers for the same terminal.</summary>
internal sealed class PersonEnd(Tty tty) : FileOperations
{
    public override FileType Type => FileType.CharacterDevice;

    public override Terminal? Terminal => tty;

    internal Tty Tty => tty;

    public override Errno Read(OpenFile file, Span<byte> buffer, out int count) => tty.See(buffer, out count);

    public override Errno Write(OpenFile file, ReadOnlySpan<byte> buffer, out int count) => tty.Type(buffer, out count);

    public override Errno Readable(OpenFile file, out int count)
    {
        count = tty.Shown;
        return Errno.Success;
    }

    public override Readiness Poll(OpenFile file) => tty.PollPerson();

    public override WaitQueue? Queue(OpenFile file) => tty.Person;

    public override Errno Stat(OpenFile file, out FileStat stat)
    {
        stat = TerminalStat.Of(tty, major: 128);
        return Errno.Success;
    }

    public override void Release(OpenFile file) => tty.HangUp();
}

/// <summary>What is told of a terminal: a device by Linux's numbers.</summary>
internal static class TerminalStat
{
    private const ulong Device = 0xFFFF_0002;

    internal static FileStat Of(Tty tty, ulong major) => new()
    {
        Device = Device,
        Inode = (ulong)tty.Number + 3,
        Type = FileType.CharacterDevice,
        Mode = 0x190,
        Links = 1,
        UserId = tty.Owner.UserId,
        GroupId = tty.Owner.GroupId,
        Represents = (major << 8) | (uint)tty.Number,
    };
}
