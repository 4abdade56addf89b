using Marcotte.Core;

namespace Marcotte.Vfs.Proc;

/// <summary>A file of a process file system; it belongs to a process's user, or to user 0.</summary>
/// <remarks>What a process keeps to itself is user 0's while it acts as another than who started it, as after a set-user-id program (proc(5)).</remarks>
internal abstract class ProcInode(ProcFileSystem tree, FileType type, ulong number, ushort mode, Process? owner) : Inode(tree, type, number)
{
    private const ushort PublicDirectory = 0x16D;

    public ProcFileSystem Tree => tree;

    public Process? Owner => owner;

    protected ushort Mode => mode;

    public override Errno Stat(out FileStat stat)
    {
        Credentials credentials = owner?.Credentials is { } theirs && (mode == PublicDirectory || CredentialRules.IsOne(theirs)) ? theirs : Credentials.Root;
        long now = tree.Kernel.Clock.Realtime();
        stat = new FileStat
        {
            Device = tree.Device,
            Inode = Number,
            Type = Type,
            Mode = mode,
            Links = IsDirectory ? 2u : 1u,
            UserId = credentials.UserId,
            GroupId = credentials.GroupId,
            AccessTime = now,
            ModifyTime = now,
            ChangeTime = now,
        };
        return Errno.Success;
    }
}

/// <summary>A file whose bytes are made when it is opened.</summary>
/// <param name="tree">The file system.</param>
/// <param name="number">Its number.</param>
/// <param name="mode">Its permission bits.</param>
/// <param name="owner">Whose it is.</param>
/// <param name="make">Makes the bytes; null when the process is gone.</param>
internal sealed class ProcFile(ProcFileSystem tree, ulong number, ushort mode, Process? owner, Func<byte[]?> make)
    : ProcInode(tree, FileType.Regular, number, mode, owner)
{
    public override Errno Open(in InodeOpen request, out OpenFile? file)
    {
        file = null;
        if (request.Truncate || (request.Access & AccessModes.Write) != 0)
        {
            return Errno.RoFs;
        }

        if (make() is not { } content)
        {
            return Errno.Srch;
        }

        file = new OpenFile(new Operations(this, content), request.Access, request.Status);
        return Errno.Success;
    }

    private sealed class Operations(ProcFile inode, byte[] content) : FileOperations
    {
        public override FileType Type => FileType.Regular;

        public override bool IsSeekable => true;

        public override Errno ReadAt(OpenFile file, Span<byte> buffer, long offset, out int count)
        {
            count = offset >= content.Length ? 0 : Math.Min(buffer.Length, content.Length - (int)offset);
            content.AsSpan(count == 0 ? 0 : (int)offset, count).CopyTo(buffer);
            return Errno.Success;
        }

        /// <remarks>As Linux's: its end is nowhere that could be gone to.</remarks>
        public override Errno Seek(OpenFile file, long offset, Whence whence, out long position)
        {
            position = 0;
            return Errno.Inval;
        }

        public override Errno Stat(OpenFile file, out FileStat stat) => inode.Stat(out stat);

        public override Errno StatFileSystem(OpenFile file, out FileSystemStat stat)
        {
            Errno errno = inode.FileSystem.Stat(out stat);
            stat.Device = inode.FileSystem.Device;
            return errno;
        }
    }
}

/// <summary>An entry of a directory of a process file system.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">Where it is in a listing, above 0 and rising.</param>
/// <param name="Inode">What it names.</param>
internal readonly record struct ProcEntry(byte[] Name, ulong Place, Inode Inode);

/// <summary>A directory of a process file system.</summary>
internal abstract class ProcDirectory(ProcFileSystem tree, ulong number, ushort mode, Process? owner, Inode? parent)
    : ProcInode(tree, FileType.Directory, number, mode, owner)
{
    /// <summary>All entries as they are now, by place; null when the process is gone.</summary>
    public abstract IEnumerable<ProcEntry>? Entries();

    public override Errno Lookup(ReadOnlySpan<byte> name, out Inode? child)
    {
        child = null;
        foreach (ProcEntry entry in Entries() ?? [])
        {
            if (name.SequenceEqual(entry.Name))
            {
                child = entry.Inode;
                return Errno.Success;
            }
        }

        return Errno.NoEnt;
    }

    public override Errno LookupParent(out Inode? above)
    {
        above = parent ?? this;
        return Errno.Success;
    }

    public override Errno List(out DirectoryListing? listing)
    {
        listing = new Listing(this);
        return Errno.Success;
    }

    /// <summary>What was there when it was read from its beginning.</summary>
    private sealed class Listing(ProcDirectory directory) : DirectoryListing
    {
        private ProcEntry[]? _entries;

        public override Errno Read(ulong cookie, out DirectoryEntry entry)
        {
            entry = default;
            if (cookie == 0 || _entries is null)
            {
                IEnumerable<ProcEntry>? entries = directory.Entries();
                if (entries is null)
                {
                    return Errno.NoEnt;
                }

                _entries = [.. entries];
            }

            foreach (ProcEntry next in _entries)
            {
                if (next.Place > cookie)
                {
                    entry = new DirectoryEntry(next.Name, next.Inode.Number, next.Inode.Type, next.Place);
                    break;
                }
            }

            return Errno.Success;
        }
    }
}

/// <summary>A directory whose entries are always the same ones.</summary>
internal sealed class ProcFolder(ProcFileSystem tree, ulong number, Inode parent, Func<Inode, IEnumerable<(string Name, Inode Inode)>> entries)
    : ProcDirectory(tree, number, 0x16D, null, parent)
{
    public override IEnumerable<ProcEntry> Entries() =>
        entries(this).Select(static (entry, i) => new ProcEntry(System.Text.Encoding.UTF8.GetBytes(entry.Name), (ulong)i + 1, entry.Inode));
}
