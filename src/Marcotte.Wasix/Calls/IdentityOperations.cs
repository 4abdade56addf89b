using System.Buffers.Binary;
using Marcotte.Core;

namespace Marcotte.Wasix;

/// <summary>0x01: who the process is.</summary>
internal static class IdentityOperations
{
    private const int NameBytes = 15;
    private const int HostNameBytes = 64;
    private const uint AskOnly = uint.MaxValue;

    internal static readonly Operation?[] All =
    [
        null, GetIds, GetGroup, SetGroup, GetSession, NewSession, GetCredentials, SetCredentials, GetGroups, SetGroups, Umask, Name, SetHostName, SetName, GetName,
    ];

    private static Errno GetIds(ref Call call)
    {
        if (!call.Request.IsComplete)
        {
            return Errno.Inval;
        }

        int id = call.Process.Id;
        ProcessTable processes = call.Kernel.Processes;
        processes.Parent(id, out int parent);

        // A box without a process layer has one process, which leads itself.
        int group = processes.Group(id, out int known) == Errno.Success ? known : id;
        int session = processes.Session(id, out known) == Errno.Success ? known : id;
        call.Reply.Int(id);
        call.Reply.Int(parent);
        call.Reply.Int(group);
        call.Reply.Int(session);
        call.Reply.Int(call.Thread.Id);
        return Errno.Success;
    }

    private static Errno GetGroup(ref Call call)
    {
        int id = call.Request.Int();
        Errno errno = call.Request.IsComplete ? call.Kernel.Processes.Group(id == 0 ? call.Process.Id : id, out int group) : Fail(Errno.Inval, out group);
        return Tell(ref call, errno, group);
    }

    private static Errno SetGroup(ref Call call)
    {
        int id = call.Request.Int();
        int group = call.Request.Int();
        return call.Request.IsComplete ? call.Kernel.Processes.SetGroup(call.Process, id, group) : Errno.Inval;
    }

    private static Errno GetSession(ref Call call)
    {
        int id = call.Request.Int();
        Errno errno = call.Request.IsComplete ? call.Kernel.Processes.Session(id == 0 ? call.Process.Id : id, out int session) : Fail(Errno.Inval, out session);
        return Tell(ref call, errno, session);
    }

    private static Errno NewSession(ref Call call)
    {
        if (!call.Request.IsComplete)
        {
            return Errno.Inval;
        }

        return call.Reply.Fits(4) ? Tell(ref call, call.Kernel.Processes.NewSession(call.Process), call.Process.Id) : Errno.Range;
    }

    private static Errno GetCredentials(ref Call call)
    {
        Credentials credentials = call.Process.Credentials;
        call.Reply.UInt(credentials.RealUserId);
        call.Reply.UInt(credentials.UserId);
        call.Reply.UInt(credentials.SavedUserId);
        call.Reply.UInt(credentials.RealGroupId);
        call.Reply.UInt(credentials.GroupId);
        call.Reply.UInt(credentials.SavedGroupId);
        return call.Request.IsComplete ? Errno.Success : Errno.Inval;
    }

    private static Errno SetCredentials(ref Call call)
    {
        uint kind = call.Request.UInt();
        uint first = call.Request.UInt();
        uint second = call.Request.UInt();
        uint third = call.Request.UInt();
        if (!call.Request.IsComplete)
        {
            return Errno.Inval;
        }

        const uint Keep = CredentialRules.Unchanged;
        Credentials present = call.Process.Credentials;
        Credentials changed = present;
        Errno errno = kind switch
        {
            0 => CredentialRules.SetUser(present, first, out changed),
            1 => CredentialRules.SetUsers(present, first, second, out changed),
            2 => CredentialRules.SetUsers(present, first, second, third, out changed),
            3 => CredentialRules.SetGroup(present, first, out changed),
            4 => CredentialRules.SetGroups(present, first, second, out changed),
            5 => CredentialRules.SetGroups(present, first, second, third, out changed),
            6 when first != Keep => CredentialRules.SetUsers(present, Keep, first, Keep, out changed),
            7 when first != Keep => CredentialRules.SetGroups(present, Keep, first, Keep, out changed),
            _ => Errno.Inval,
        };
        if (errno == Errno.Success)
        {
            call.Process.Credentials = changed;
        }

        return errno;
    }

    private static Errno GetGroups(ref Call call)
    {
        if (!call.Request.IsComplete)
        {
            return Errno.Inval;
        }

        IReadOnlyList<uint> groups = call.Process.Credentials.Groups;
        call.Reply.UInt((uint)groups.Count);
        foreach (uint group in groups)
        {
            call.Reply.UInt(group);
        }

        return Errno.Success;
    }

    private static Errno SetGroups(ref Call call)
    {
        uint count = call.Request.UInt();
        ReadOnlySpan<byte> numbers = call.Request.Bytes(count * 4UL);
        if (!call.Request.IsComplete || count > CredentialRules.MaxGroups)
        {
            return Errno.Inval;
        }

        uint[] groups = new uint[count];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = BinaryPrimitives.ReadUInt32LittleEndian(numbers[(i * 4)..]);
        }

        Errno errno = CredentialRules.SetFurtherGroups(call.Process.Credentials, groups, out Credentials changed);
        if (errno == Errno.Success)
        {
            call.Process.Credentials = changed;
        }

        return errno;
    }

    private static Errno Umask(ref Call call)
    {
        uint mask = call.Request.UInt();
        if (!call.Request.IsComplete)
        {
            return Errno.Inval;
        }

        if (!call.Reply.Fits(4))
        {
            return Errno.Range;
        }

        call.Reply.UInt(call.Process.Umask);
        if (mask != AskOnly)
        {
            call.Process.Umask = (ushort)(mask & 0x1FF);
        }

        return Errno.Success;
    }

    private static Errno Name(ref Call call)
    {
        Machine machine = Machine.Of(call.Kernel);
        call.Reply.Text("Marcotte"u8);
        if (machine.HostName is { } name)
        {
            call.Reply.Text(name);
        }
        else
        {
            call.Reply.Text(call.Kernel.Environment.HostName);
        }

        call.Reply.Text("1"u8);
        call.Reply.Text("#1"u8);
        call.Reply.Text("wasm32"u8);
        call.Reply.Text(machine.DomainName ?? "(none)"u8);
        return call.Request.IsComplete ? Errno.Success : Errno.Inval;
    }

    private static Errno SetHostName(ref Call call)
    {
        uint kind = call.Request.UInt();
        ReadOnlySpan<byte> name = call.Request.Text();
        if (!call.Request.IsComplete || kind > 1 || name.Length > HostNameBytes)
        {
            return Errno.Inval;
        }

        if (call.Process.Credentials.UserId != 0)
        {
            return Errno.Perm;
        }

        Machine machine = Machine.Of(call.Kernel);
        if (kind == 0)
        {
            machine.HostName = name.ToArray();
        }
        else
        {
            machine.DomainName = name.ToArray();
        }

        return Errno.Success;
    }

    private static Errno SetName(ref Call call)
    {
        ReadOnlySpan<byte> name = call.Request.Text();
        if (!call.Request.IsComplete)
        {
            return Errno.Inval;
        }

        call.Process.Name = name[..Math.Min(name.Length, NameBytes)].ToArray();
        return Errno.Success;
    }

    private static Errno GetName(ref Call call)
    {
        ReadOnlySpan<byte> name = call.Process.Name.Span;
        if (name.IsEmpty)
        {
            ReadOnlySpan<byte> path = call.Process.ProgramPath.Span;
            path = path.IsEmpty && call.Process.Arguments.Count > 0 ? call.Process.Arguments[0] : path;
            name = path[(path.LastIndexOf((byte)'/') + 1)..];
        }

        call.Reply.Text(name[..Math.Min(name.Length, NameBytes)]);
        return call.Request.IsComplete ? Errno.Success : Errno.Inval;
    }

    private static Errno Tell(ref Call call, Errno errno, int value)
    {
        call.Reply.Int(value);
        return errno;
    }

    private static Errno Fail(Errno errno, out int value)
    {
        value = 0;
        return errno;
    }
}
