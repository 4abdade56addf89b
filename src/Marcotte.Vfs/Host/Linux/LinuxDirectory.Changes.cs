using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <content>What changes a directory. Each asks first whether anything may be changed at all.</content>
internal sealed unsafe partial class LinuxDirectory
{
    private const ushort PermissionBits = 0x1FF;
    private const ushort StickyBit = 0x200;

    public override Errno Create(ReadOnlySpan<byte> name, in Creation creation, in InodeOpen request, out OpenFile? file)
    {
        file = null;
        Errno errno = Host.CheckWritable();
        if (errno != Errno.Success)
        {
            return errno;
        }

        // A file cannot be made by a descriptor that only names it.
        int access = request.Access == AccessModes.None ? LibC.OpenReadOnly : LinuxFile.Flags(request with { Truncate = false });
        int flags = access | LibC.OpenCreate | LibC.OpenExclusive;
        errno = OpenFile(name, flags, (uint)(creation.Mode & PermissionBits), out LinuxHandle? handle, out _);
        if (errno == Errno.Success)
        {
            file = new OpenFile(new LinuxFile(Host, handle!), request.Access, request.Status);
        }

        return errno;
    }

    public override Errno MakeDirectory(ReadOnlySpan<byte> name, in Creation creation)
    {
        Errno errno = UseWritable(name, out int directory, out NativeName native);
        return errno != Errno.Success
            ? errno
            : Finish(LibC.MakeDirectoryAt(directory, (byte*)&native, (uint)(creation.Mode & (PermissionBits | StickyBit))));
    }

    public override Errno SymbolicLink(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content, in Creation creation)
    {
        if (content.Contains((byte)0))
        {
            return Errno.Inval;
        }

        Errno errno = UseWritable(name, out int directory, out NativeName native);
        if (errno != Errno.Success)
        {
            return errno;
        }

        // What a link says is at most a path long (Limits.PathBytes), and rarely made.
        byte[] ended = new byte[content.Length + 1];
        content.CopyTo(ended);
        fixed (byte* pointer = ended)
        {
            return Finish(LibC.SymbolicLinkAt(pointer, directory, (byte*)&native));
        }
    }

    public override Errno Link(ReadOnlySpan<byte> name, Inode existing)
    {
        if (existing is not LinuxInode { Parent: { } from } file || !ReferenceEquals(file.FileSystem, FileSystem))
        {
            return Errno.XDev;
        }

        if (file.IsDirectory)
        {
            return Errno.Perm;
        }

        // The name may mean another file by now; that is as if it had been looked up later, unless the box's own
        // permissions told the two apart, which linking does not ask for.
        Errno errno = from.UseWritable(file.Name, out int source, out NativeName native);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = Use(name, out int directory, out NativeName target);
        if (errno == Errno.Success)
        {
            errno = Finish(LibC.LinkAt(source, (byte*)&native, directory, (byte*)&target, 0));
        }

        return from.Finish(errno);
    }

    public override Errno Unlink(ReadOnlySpan<byte> name)
    {
        Errno errno = UseWritable(name, out int directory, out NativeName native);
        return errno != Errno.Success ? errno : Finish(LibC.UnlinkAt(directory, (byte*)&native, 0));
    }

    public override Errno RemoveDirectory(ReadOnlySpan<byte> name)
    {
        Errno errno = UseWritable(name, out int directory, out NativeName native);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = Finish(LibC.UnlinkAt(directory, (byte*)&native, LibC.AtRemoveDir));
        if (errno == Errno.Success)
        {
            Host.Cache.Forget(this, name);
        }

        return errno;
    }

    public override Errno Rename(ReadOnlySpan<byte> name, Inode target, ReadOnlySpan<byte> targetName, RenameMode mode)
    {
        if (target is not LinuxDirectory directory || !ReferenceEquals(target.FileSystem, FileSystem))
        {
            return Errno.XDev;
        }

        if (mode != RenameMode.Replace)
        {
            return Errno.Inval;
        }

        Errno errno = UseWritable(name, out int source, out NativeName native);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = directory.Use(targetName, out int into, out NativeName nativeTarget);
        if (errno == Errno.Success)
        {
            errno = directory.Finish(LibC.RenameAt(source, (byte*)&native, into, (byte*)&nativeTarget));
        }

        errno = Finish(errno);
        if (errno == Errno.Success)
        {
            Host.Cache.Forget(this, name);
        }

        return errno;
    }

    private Errno UseWritable(ReadOnlySpan<byte> name, out int descriptor, out NativeName native)
    {
        descriptor = -1;
        Errno errno = NativeName.Take(name, out native);
        return errno != Errno.Success ? errno : Use(out descriptor);
    }
}
