using System.Text;
using Marcotte.Core;
using Marcotte.Processes;

namespace Marcotte.Guests.Tests;

/// <summary>What such tests ask of a box, in few words.</summary>
internal static class StolenRights
{
    /// <summary>A program that says who it is and how it was called, to who started it.</summary>
    internal static int Tell(HostContext context)
    {
        Credentials who = context.Process.Credentials;
        context.Out.Write(Encoding.UTF8.GetBytes($"{who.RealUserId} {who.UserId} {who.SavedUserId} {string.Join(' ', context.Arguments)}"));
        return 0;
    }

    internal static FileNamespace Files(this HostContext context) => context.Kernel.Files;

    internal static PathReference At(this HostContext context, string path) => new(context.Process, null, Encoding.UTF8.GetBytes(path), PathFlags.Follow);

    /// <summary>Takes a user's and a group's identity, for good.</summary>
    internal static void Become(this HostContext context, uint user) => context.Process.Credentials = new Credentials(user, user);

    internal static Errno Open(this HostContext context, string path, OpenFlags flags, AccessModes access, out OpenFile? file) =>
        context.Files().Open(context.At(path), new OpenRequest(flags, access), out file);

    internal static FileStat Stat(this HostContext context, string path)
    {
        Assert.That(context.Files().Stat(context.At(path), out FileStat stat), Is.EqualTo(Errno.Success), path);
        return stat;
    }

    /// <summary>Gives a file to a user, with a mode.</summary>
    internal static void Lend(this HostContext context, string path, uint owner, ushort mode)
    {
        Assert.That(context.Files().SetOwner(context.At(path), new OwnerUpdate(owner, owner)), Is.EqualTo(Errno.Success));
        Assert.That(context.Files().SetMode(context.At(path), mode), Is.EqualTo(Errno.Success));
    }

    internal static void Save(this HostContext context, string path, ReadOnlySpan<byte> content, ushort mode, uint owner)
    {
        Assert.That(context.Open(path, OpenFlags.Create | OpenFlags.Truncate, AccessModes.Write, out OpenFile? file), Is.EqualTo(Errno.Success));
        Assert.That(file!.Write(content, out _), Is.EqualTo(Errno.Success));
        file.Release();
        context.Lend(path, owner, mode);
    }

    /// <summary>Keeps a file open for reading.</summary>
    internal static int Hold(this HostContext context, string path)
    {
        Assert.That(context.Open(path, OpenFlags.None, AccessModes.Read, out OpenFile? file), Is.EqualTo(Errno.Success));
        return context.Hold(file!);
    }

    internal static int Hold(this HostContext context, OpenFile file)
    {
        Assert.That(context.Process.Descriptors.Add(new Descriptor(file), out int number), Is.EqualTo(Errno.Success));
        return number;
    }

    /// <summary>Runs a program of <see cref="Tell"/>'s, and answers what that said, or the errno.</summary>
    internal static string RunWho(this HostContext context, string path, params string[] arguments)
    {
        Assert.That(context.Kernel.Anonymous.Pipe(context.Process, StatusFlags.None, out OpenFile? reader, out OpenFile? writer), Is.EqualTo(Errno.Success));
        int from = context.Hold(reader!);
        int to = context.Hold(writer!);
        ExecRequest program = new() { Path = Encoding.UTF8.GetBytes(path), Arguments = new ByteStrings([path, .. arguments]) };
        Errno errno = context.Kernel.Processes.Spawn(context.Thread, new SpawnRequest { Program = program, Actions = [new DuplicateAction(to, 1)] }, out int id);
        context.Process.Descriptors.Close(to);
        using StreamReader said = new(context.Open(from));
        string text = errno == Errno.Success ? said.ReadToEnd() : errno.ToString();
        Assert.That(errno != Errno.Success || context.Wait(id, out _) == Errno.Success);
        context.Process.Descriptors.Close(from);
        return text;
    }
}
