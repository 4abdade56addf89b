using Marcotte.Core;

namespace Marcotte.Vfs.Nodes;

/// <summary>Opens special files. Permissions and mounts were seen to.</summary>
internal static class NodeOpening
{
    /// <summary>Opens what an inode stands for.</summary>
    /// <param name="inode">The inode.</param>
    /// <param name="special">What it stands for.</param>
    /// <param name="process">Who opens it.</param>
    /// <param name="request">How.</param>
    /// <param name="file">The open file, with one reference for the caller; it keeps one to the inode.</param>
    /// <returns>The outcome; what <see cref="SpecialFile.Open"/> says.</returns>
    public static Errno Open(Inode inode, SpecialFile special, Process process, in InodeOpen request, out OpenFile? file)
    {
        file = null;
        bool isProgram = inode.Type == FileType.Regular;
        FileOperations? operations;
        if (request.Access == AccessModes.None && !request.Truncate && !isProgram)
        {
            // Only named: no end of a FIFO is taken.
            operations = new NamedNode(inode.Type);
        }
        else
        {
            // Who cuts a program would write to it.
            AccessModes access = request.Access | (request.Truncate && isProgram ? AccessModes.Write : AccessModes.None);
            Errno errno = special.Open(process, access, request.Status, out operations);
            if (errno != Errno.Success)
            {
                return errno;
            }
        }

        inode.Acquire();
        file = new OpenFile(
            operations is ProgramOperations hosted ? new ProgramNode(inode, hosted.Program) : new NodeFile(inode, operations!),
            request.Access,
            request.Status);
        return Errno.Success;
    }

    /// <summary>A special file that nothing is done with.</summary>
    private sealed class NamedNode(FileType type) : FileOperations
    {
        public override FileType Type => type;
    }

    /// <summary>An opened program, which whoever runs it knows by its type.</summary>
    private sealed class ProgramNode(Inode inode, Program program) : ProgramOperations(program)
    {
        public override Errno Stat(OpenFile file, out FileStat stat) => inode.Stat(out stat);

        public override Errno SetTimes(OpenFile file, in TimeUpdate times) => inode.SetTimes(times);

        public override Errno SetMode(OpenFile file, ushort mode) => inode.SetMode(mode);

        public override Errno SetOwner(OpenFile file, OwnerUpdate owner) => inode.SetOwner(owner);

        public override Errno Sync(OpenFile file, bool dataOnly) => Errno.Success;

        public override void Release(OpenFile file) => inode.Release();
    }
}
