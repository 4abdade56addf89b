using System.IO.Abstractions;
using Marcotte.Core;

namespace Marcotte.Vfs.Abstractions;

/// <summary>A directory of any <see cref="IFileSystem"/> as a file system.</summary>
/// <remarks>
/// <para>
/// An <see cref="IFileSystem"/> knows paths and nothing else, so an inode here is a node of a tree of names; it keeps its
/// number, and follows when it or what is above it is renamed through the box. Every operation checks that no
/// component of the path is a link, so that the <see cref="IFileSystem"/> follows none. Between that check and the use
/// there is a window for whoever changes the same files from outside.
/// </para>
/// <para>
/// Lock order: <see cref="Gate"/>, which every operation on names takes, then a stream's lock. Reading and writing take
/// the stream's alone.
/// </para>
/// </remarks>
internal class AbstractedFileSystem : FileSystem
{
    private readonly Kernel _kernel;
    private readonly string _rootPath;
    private readonly AbstractedDirectory _root;
    private long _numbers;

    internal AbstractedFileSystem(IFileSystem files, string rootPath, bool isReadOnly, Kernel kernel, IdentityMap? identities = null)
    {
        Files = files;
        Owner = new OwnerUpdate(identities?.User(0) ?? 0, identities?.Group(0) ?? 0);
        _rootPath = rootPath;
        _kernel = kernel;
        IsReadOnly = isReadOnly;
        IsWindowsStyle = files.Path.DirectorySeparatorChar == '\\';
        _root = new AbstractedDirectory(this, null, string.Empty);
    }

    public override Inode Root => _root;

    public override bool IsReadOnly { get; }

    /// <summary>What holds the files.</summary>
    internal IFileSystem Files { get; }

    /// <summary>Whom all files belong to in the box: an <see cref="IFileSystem"/> knows no owners.</summary>
    internal OwnerUpdate Owner { get; }

    private protected string RootPath => _rootPath;

    /// <summary>Taken by every operation on names: an <see cref="IFileSystem"/> need not be thread-safe, and most verbs take it several calls.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Whether names follow the rules of Windows: other separators, devices, streams, and no case.</summary>
    internal bool IsWindowsStyle { get; }

    /// <summary>Whether symbolic links may be made and moved.</summary>
    internal virtual bool AllowsLinks => true;

    /// <summary>
    /// The most bytes of one file. What an <see cref="IFileSystem"/> keeps in memory must not be the guest's to decide.
    /// </summary>
    internal virtual long SizeLimit => _kernel.Limits.FileBytes;

    /// <summary>
    /// Whether an open stream stays with its file when that is renamed or removed, as the host's do. Others are closed
    /// before and opened again after.
    /// </summary>
    internal virtual bool StreamsFollowFiles => false;

    /// <summary>Nanoseconds since 1970 by the box's clock.</summary>
    internal long Now => _kernel.Clock.Realtime();

    /// <summary>A number that no inode of this file system has had.</summary>
    internal ulong NextNumber() => (ulong)Interlocked.Increment(ref _numbers);

    /// <summary>Turns a name into one of the <see cref="IFileSystem"/>'s.</summary>
    /// <param name="name">The name's bytes.</param>
    /// <param name="text">The name.</param>
    /// <returns>
    /// <see cref="Errno.IlSeq"/> for what is not UTF-8, <see cref="Errno.Inval"/> for what would not be one name there, such
    /// as <c>a\b</c>, <c>C:</c> or <c>NUL</c> where names are Windows's.
    /// </returns>
    internal Errno Decode(ReadOnlySpan<byte> name, out string text)
    {
        text = string.Empty;
        if (!System.Text.Unicode.Utf8.IsValid(name))
        {
            return Errno.IlSeq;
        }

        if (name.IsEmpty)
        {
            return Errno.NoEnt;
        }

        text = System.Text.Encoding.UTF8.GetString(name);
        bool isName = text is not ("." or "..") && !text.AsSpan().ContainsAny('/', '\0')
            && !text.Contains(Files.Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !text.Contains(Files.Path.AltDirectorySeparatorChar, StringComparison.Ordinal)
            && (!IsWindowsStyle || Host.WindowsNames.IsName(text));
        return isName ? Errno.Success : Errno.Inval;
    }

    /// <summary>The path of a node, if all the way to it there are directories and no link.</summary>
    /// <param name="node">The node; null for the root.</param>
    /// <param name="path">Its path.</param>
    /// <returns><see cref="Errno.NoEnt"/> when the node was removed, or its way is gone or is another now.</returns>
    internal Errno LocateLocked(AbstractedInode node, out string path)
    {
        if (node.Parent is null)
        {
            path = _rootPath;
            return Errno.Success;
        }

        path = string.Empty;
        Stack<AbstractedInode> way = new();
        for (AbstractedInode inode = node; inode.Parent is { } parent; inode = parent)
        {
            if (inode.IsRemoved)
            {
                return Errno.NoEnt;
            }

            way.Push(inode);
        }

        path = _rootPath;
        while (way.TryPop(out AbstractedInode? inode))
        {
            path = Join(path, inode.Name);
            if (!ReferenceEquals(inode, node) && KindLocked(path) != FileType.Directory)
            {
                return Errno.NoEnt;
            }
        }

        return Errno.Success;
    }

    /// <summary>A name in a directory.</summary>
    internal string Join(string directory, string name) =>
        directory.Length > 0 && (directory[^1] == Files.Path.DirectorySeparatorChar || directory[^1] == Files.Path.AltDirectorySeparatorChar)
            ? directory + name
            : directory + Files.Path.DirectorySeparatorChar + name;

    /// <summary>What is at a path; a link itself, not what it leads to.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The kind; null when there is nothing.</returns>
    internal virtual FileType? KindLocked(string path)
    {
        IFileInfo info = Files.FileInfo.New(path);
        if (info.LinkTarget is not null)
        {
            return FileType.SymbolicLink;
        }

        bool isDirectory = Files.Directory.Exists(path);
        if (!isDirectory && !info.Exists)
        {
            return null;
        }

        // A reparse point that is no link (a mount point, a placeholder) could lead anywhere: nothing can be done with it.
        if ((Files.File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0)
        {
            return FileType.Unknown;
        }

        return isDirectory ? FileType.Directory : FileType.Regular;
    }

    /// <summary>Makes a directory where there is nothing.</summary>
    internal virtual void MakeDirectoryLocked(string path, ushort permissions) => Files.Directory.CreateDirectory(path);

    /// <summary>Opens a stream for reading, and for writing if it may be.</summary>
    internal virtual FileSystemStream OpenStreamLocked(string path, FileMode mode, FileAccess access, ushort permissions) =>
        Files.FileStream.New(path, mode, access, FileShare.ReadWrite | FileShare.Delete, 1);
}
