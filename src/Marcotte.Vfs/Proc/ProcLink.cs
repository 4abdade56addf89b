using Marcotte.Core;

namespace Marcotte.Vfs.Proc;

/// <summary>A link that says something else to each process.</summary>
/// <param name="tree">The file system.</param>
/// <param name="number">Its number.</param>
/// <param name="owner">Whose it is.</param>
/// <param name="read">What it says to a process; null when there is nothing to say.</param>
/// <param name="viewer">Who looks; null before that is known.</param>
internal class ProcLink(ProcFileSystem tree, ulong number, Process? owner, Func<Process, byte[]?> read, Process? viewer = null)
    : ProcInode(tree, FileType.SymbolicLink, number, 0x1FF, owner)
{
    public override Inode Bind(Process process) => new ProcLink(Tree, Number, Owner, read, process);

    public override Errno ReadLink(Span<byte> buffer, out int count)
    {
        count = 0;
        Errno errno = CheckViewer();
        if (errno != Errno.Success || read(viewer!) is not { } content)
        {
            return errno != Errno.Success ? errno : Errno.NoEnt;
        }

        count = Math.Min(buffer.Length, content.Length);
        content.AsSpan(0, count).CopyTo(buffer);
        return Errno.Success;
    }

    /// <summary>Of another user's process only user 0 is told, and of one that is several users' at once only that itself (ptrace(2)).</summary>
    protected Errno CheckViewer() => viewer is null ? Errno.NoEnt
        : Owner is null || ReferenceEquals(Owner, viewer) || CredentialRules.MayInspect(viewer.Credentials, Owner.Credentials) ? Errno.Success
        : Errno.Access;

    /// <summary>Makes one that asks who looks.</summary>
    public static ProcLink Unbound(ProcFileSystem tree, ulong number, Process? owner, Func<Process, byte[]?> read) =>
        new(tree, number, owner, read) { IsPerProcess = true };
}

/// <summary>Goes to where a link leads by itself, whatever its text says; success with a reference to what is there.</summary>
internal delegate Errno ProcJump(out Location target);

/// <summary>A link that leads to a file rather than to a path: it holds where no path leads, or another one meanwhile.</summary>
internal sealed class ProcMagicLink(ProcFileSystem tree, ulong number, Process owner, Func<Process, byte[]?> read, ProcJump jump, Process? viewer = null)
    : ProcLink(tree, number, owner, read, viewer)
{
    private readonly Func<Process, byte[]?> _read = read;

    public override Inode Bind(Process process) => new ProcMagicLink(Tree, Number, Owner!, _read, jump, process);

    /// <summary>Where it leads.</summary>
    public Errno Jump(out Location target)
    {
        target = default;
        Errno errno = CheckViewer();
        return errno == Errno.Success ? jump(out target) : errno;
    }

    /// <summary>Makes one that asks who looks.</summary>
    public static ProcMagicLink Unbound(ProcFileSystem tree, ulong number, Process owner, Func<Process, byte[]?> read, ProcJump jump) =>
        new(tree, number, owner, read, jump) { IsPerProcess = true };
}
