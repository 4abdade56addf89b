using System.Runtime.InteropServices;
using System.Text;
using Marcotte.Core;
using Marcotte.Vfs.Host.Linux;

namespace Marcotte.Vfs.Tests.Host;

/// <summary>Who does something: in the box by a process's credentials, on the host by those of a thread.</summary>
internal sealed record Actor(uint User, uint Group, params uint[] Groups)
{
    internal Credentials Credentials => new(User, Group) { Groups = Groups };
}

/// <summary>A file as a case starts with it. Modes are as chmod takes them.</summary>
internal readonly record struct Owned(uint Mode, uint User, uint Group);

/// <summary>One call, made in the box and to the kernel.</summary>
internal sealed record Call(string Name, Func<TestBox, Errno> InBox, Func<HostSide, int> OnHost);

/// <summary>The kernel's side: calls on paths in a directory, by whatever user the thread has become.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal sealed unsafe partial class HostSide(string root)
{
    /// <summary>Makes the calling thread, and no other, act as somebody on files.</summary>
    internal static void Become(Actor actor)
    {
        bool isX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;
        fixed (uint* groups = actor.Groups)
        {
            Assert.That((long)Syscall(isX64 ? 116 : 159, actor.Groups.Length, (nint)groups, 0, 0), Is.Zero);
        }

        _ = SetFileSystemGroup(actor.Group);
        _ = SetFileSystemUser(actor.User);
        Assert.That(SetFileSystemUser(uint.MaxValue), Is.EqualTo((int)actor.User), "the thread has become that user");
    }

    internal int Open(string path, int flags, uint mode = 0x1B6)
    {
        int descriptor = With(path, pointer => LibC.OpenAt(LibC.AtWorkingDirectory, (byte*)pointer, flags, mode));
        int error = Marshal.GetLastPInvokeError();
        if (descriptor >= 0)
        {
            _ = LibC.Close(descriptor);
        }

        Marshal.SetLastPInvokeError(error);
        return Math.Min(descriptor, 0);
    }

    internal int Access(string path, int mode) =>
        With(path, pointer => (int)Syscall(439, LibC.AtWorkingDirectory, pointer, mode, 0x200));

    internal int Mode(string path, uint mode) => With(path, pointer => LibC.ChangeMode((byte*)pointer, mode));

    internal int Owner(string path, uint user, uint group) =>
        With(path, pointer => LibC.ChangeOwnerAt(LibC.AtWorkingDirectory, (byte*)pointer, user, group, 0));

    internal int Times(string path, TimeUpdate times) => With(path, pointer =>
    {
        TimeSpec* specs = stackalloc TimeSpec[2];
        LinuxAttributes.Encode(times, specs);
        return LibC.SetTimesAt(LibC.AtWorkingDirectory, (byte*)pointer, specs, 0);
    });

    internal int Size(string path, long size) => With(path, pointer => SetSize((byte*)pointer, size));

    internal int Stat(string path) => With(path, pointer =>
    {
        StatBuffer buffer;
        return LibC.StatX(LibC.AtWorkingDirectory, (byte*)pointer, 0, StatBuffer.Basic, &buffer);
    });

    internal int MakeDirectory(string path, uint mode) =>
        With(path, pointer => LibC.MakeDirectoryAt(LibC.AtWorkingDirectory, (byte*)pointer, mode));

    internal int Remove(string path, bool isDirectory) =>
        With(path, pointer => LibC.UnlinkAt(LibC.AtWorkingDirectory, (byte*)pointer, isDirectory ? LibC.AtRemoveDir : 0));

    internal int Rename(string path, string target, uint flags = 0) => With(path, source => With(target, pointer =>
        LibC.RenameAt2(LibC.AtWorkingDirectory, (byte*)source, LibC.AtWorkingDirectory, (byte*)pointer, flags)));

    internal int Link(string path, string target) => With(path, source => With(target, pointer =>
        LibC.LinkAt(LibC.AtWorkingDirectory, (byte*)source, LibC.AtWorkingDirectory, (byte*)pointer, 0)));

    internal int SymbolicLink(string content, string path)
    {
        fixed (byte* said = Encoding.UTF8.GetBytes(content + '\0'))
        {
            byte* same = said;
            return With(path, pointer => LibC.SymbolicLinkAt(same, LibC.AtWorkingDirectory, (byte*)pointer));
        }
    }

    /// <summary>What there is at a path, in words to compare.</summary>
    internal string Describe(string path)
    {
        string found = "nothing";
        With(path, pointer =>
        {
            StatBuffer stat;
            if (LibC.StatX(LibC.AtWorkingDirectory, (byte*)pointer, LibC.AtSymlinkNoFollow, StatBuffer.Basic, &stat) == 0)
            {
                found = $"{stat.Type} {Convert.ToString(stat.Mode, 8)} {stat.User}:{stat.Group}";
            }

            return 0;
        });
        return path + "=" + found;
    }

    private int With(string path, Func<nint, int> call)
    {
        fixed (byte* pointer = Encoding.UTF8.GetBytes(root + path + '\0'))
        {
            return call((nint)pointer);
        }
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileSystemUser(uint user);

    [LibraryImport("libc", EntryPoint = "setfsgid")]
    private static partial int SetFileSystemGroup(uint group);

    [LibraryImport("libc", EntryPoint = "truncate", SetLastError = true)]
    private static partial int SetSize(byte* path, long size);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Syscall(nint number, nint first, nint second, nint third, nint fourth);
}
