using Marcotte.Core;

namespace Marcotte.Vfs.Host.Linux;

/// <content>What changes a directory. Each asks first whether anything may be changed at all.</content>
internal sealed unsafe partial class LinuxDirectory
{
    private const ushort PermissionBits = 0x1FF;
    private const ushort StickyBit = 0x200;
    private const ushort SetGroupIdBit = 0x400;

    public override Errno Create(ReadOnlySpan<byte> name, in Creation creation, in InodeOpen request, out OpenFile? file)
    {
        file = null;
        Errno errno = Host.CheckWritable();
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = CheckOwner(creation, out OwnerUpdate owner);
        if (errno != Errno.Success)
        {
            return errno;
        }

        // A file cannot be made by a descriptor that only names it.
        int access = request.Access == AccessModes.None ? LibC.OpenReadOnly : LinuxFile.Flags(request with { Truncate = false });
        int flags = access | LibC.OpenCreate | LibC.OpenExclusive;
        errno = OpenFile(name, flags, LinuxAttributes.Grantable(creation.Mode, FileType.Regular), out LinuxHandle? handle, out StatBuffer made);
        if (errno == Errno.Success)
        {
            errno = Give(handle!, made, owner);
            if (errno != Errno.Success)
            {
                handle!.Dispose();
                Unlink(name);
                return errno;
            }

            file = new OpenFile(new LinuxFile(Host, handle!, 0), request.Access, request.Status);
        }

        return errno;
    }

    public override Errno MakeDirectory(ReadOnlySpan<byte> name, in Creation creation)
    {
        Errno errno = CheckOwner(creation, out OwnerUpdate owner);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = UseWritable(name, out int directory, out NativeName native);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = Finish(LibC.MakeDirectoryAt(directory, (byte*)&native, (uint)(creation.Mode & (PermissionBits | StickyBit))));
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = Give(name, owner);
        if (errno != Errno.Success)
        {
            RemoveDirectory(name);
        }

        return errno;
    }

    public override Errno SymbolicLink(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content, in Creation creation)
    {
        if (content.Contains((byte)0))
        {
            return Errno.Inval;
        }

        Errno errno = CheckOwner(creation, out OwnerUpdate owner);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = UseWritable(name, out int directory, out NativeName native);
        if (errno != Errno.Success)
        {
            return errno;
        }

        // What a link says is at most a path long (Limits.PathBytes), and rarely made.
        byte[] ended = new byte[content.Length + 1];
        content.CopyTo(ended);
        fixed (byte* pointer = ended)
        {
            errno = Finish(LibC.SymbolicLinkAt(pointer, directory, (byte*)&native));
        }

        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = Give(name, owner);
        if (errno != Errno.Success)
        {
            Unlink(name);
        }

        return errno;
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

        Errno errno = UseWritable(name, out int source, out NativeName native);
        if (errno != Errno.Success)
        {
            return errno;
        }

        errno = directory.Use(targetName, out int into, out NativeName nativeTarget);
        if (errno == Errno.Success)
        {
            errno = directory.Finish(mode switch
            {
                RenameMode.Replace => LibC.RenameAt(source, (byte*)&native, into, (byte*)&nativeTarget),
                RenameMode.NoReplace => LibC.RenameAt2(source, (byte*)&native, into, (byte*)&nativeTarget, LibC.RenameNoReplace),
                _ => LibC.RenameAt2(source, (byte*)&native, into, (byte*)&nativeTarget, LibC.RenameExchange),
            });
        }

        errno = Finish(errno);
        if (errno == Errno.Success)
        {
            Host.Cache.Forget(this, name);
            directory.Host.Cache.Forget(directory, targetName);
        }

        return errno;
    }

    /// <summary>Who is to have what is made; nobody in particular where it is left to whom the kernel gives it.</summary>
    /// <returns><see cref="Errno.Overflow"/> for a user that the host has none for, as on an id-mapped mount of Linux.</returns>
    private Errno CheckOwner(in Creation creation, out OwnerUpdate owner)
    {
        owner = new OwnerUpdate(OwnerUpdate.Keep, OwnerUpdate.Keep);
        return Host.GivesOwners && Host.Owners.Outside(new OwnerUpdate(creation.UserId, creation.GroupId), out owner) != Errno.Success
            ? Errno.Overflow
            : Errno.Success;
    }

    private Errno Give(ReadOnlySpan<byte> name, OwnerUpdate owner)
    {
        if (owner.IsEmpty)
        {
            return Errno.Success;
        }

        Errno errno = OpenFile(name, LibC.OpenPath, 0, out LinuxHandle? handle, out StatBuffer made);
        errno = errno == Errno.Success ? Give(handle!, made, owner) : errno;
        handle?.Dispose();
        return errno;
    }

    /// <summary>Gives what was just made to its owner; its group is the directory's where that hands it on.</summary>
    private Errno Give(LinuxHandle handle, in StatBuffer made, OwnerUpdate owner)
    {
        bool isUsers = owner.UserId == OwnerUpdate.Keep || owner.UserId == made.User;
        bool isGroups = owner.GroupId == OwnerUpdate.Keep || owner.GroupId == made.Group;
        if (!isGroups && Stat(out FileStat stat) == Errno.Success && (stat.Mode & SetGroupIdBit) != 0)
        {
            owner = owner with { GroupId = OwnerUpdate.Keep };
            isGroups = true;
        }

        return isUsers && isGroups ? Errno.Success : LinuxAttributes.SetOwner((int)handle.DangerousGetHandle(), owner);
    }

    private Errno UseWritable(ReadOnlySpan<byte> name, out int descriptor, out NativeName native)
    {
        descriptor = -1;
        Errno errno = NativeName.Take(name, out native);
        return errno != Errno.Success ? errno : Use(out descriptor);
    }
}
