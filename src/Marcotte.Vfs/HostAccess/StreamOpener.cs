using System.IO.Abstractions;
using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Opens a box's files as streams.</summary>
internal static class StreamOpener
{
    private const ushort DefaultMode = 0x1B6;

    internal static FileSystemStream Open(Tree tree, string path, in StreamRequest request)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        request.Check();
        return OpenFull(tree, tree.FullPath(path), request);
    }

    /// <summary>Opens a full path; the request is right.</summary>
    internal static TreeFileStream OpenFull(Tree tree, string path, in StreamRequest request)
    {
        OpenFile file = OpenFile(tree, path, request);
        bool isEntered = false;
        (ulong Device, ulong Inode) identity = default;
        try
        {
            TreeErrors.Check(HostWait.ForOpening(tree.Process, file), path);
            TreeErrors.Check(file.Operations.Stat(file, out FileStat stat), path);
            if (stat.Type == FileType.Directory)
            {
                throw TreeErrors.Of(Errno.Access, path);
            }

            if (stat.Type == FileType.Regular)
            {
                identity = (stat.Device, stat.Inode);
                isEntered = tree.Shares.TryEnter(identity, request.Share == FileShare.None);
                if (!isEntered)
                {
                    throw TreeErrors.Shared(path);
                }

                // Only now: who is excluded must not have cut the file.
                if (request.Cuts && stat.Size > 0)
                {
                    TreeErrors.Check(file.SetSize(0), path);
                }

                Preallocate(tree, file, path, request);
            }

            TreeStream stream = new(tree, file, path, request, isEntered ? identity : null);
            return new TreeFileStream(stream, path, (request.Options & FileOptions.Asynchronous) != 0);
        }
        catch
        {
            if (isEntered)
            {
                tree.Shares.Leave(identity);
            }

            file.Release();
            throw;
        }
    }

    private static OpenFile OpenFile(Tree tree, string path, in StreamRequest request)
    {
        OpenFlags flags = (request.Creates ? OpenFlags.Create : OpenFlags.None)
            | (request.Mode == FileMode.CreateNew ? OpenFlags.Exclusive : OpenFlags.None);
        AccessModes access = ((request.Access & FileAccess.Read) != 0 ? AccessModes.Read : AccessModes.None)
            | ((request.Access & FileAccess.Write) != 0 ? AccessModes.Write : AccessModes.None);
        StatusFlags status = (request.Options & FileOptions.WriteThrough) != 0 ? StatusFlags.Sync : StatusFlags.None;
        OpenRequest open = new(flags, access, status, request.CreateMode is { } mode ? (ushort)mode : DefaultMode);
        Errno errno = tree.Open(path, open, out OpenFile? file);
        if (errno == Errno.Success)
        {
            return file!;
        }

        bool blamesDirectory = errno == Errno.NoEnt && (request.Creates || !tree.HasParent(path));
        throw TreeErrors.Of(errno == Errno.IsDir ? Errno.Access : errno, path, blamesDirectory);
    }

    private static void Preallocate(Tree tree, OpenFile file, string path, in StreamRequest request)
    {
        if (request.Preallocation == 0)
        {
            return;
        }

        Errno errno = file.Allocate(0, request.Preallocation, Allocation.KeepSize);
        if (errno is Errno.NoSpc or Errno.FBig or Errno.DQuot)
        {
            tree.Unlink(path);
            throw new IOException(errno == Errno.FBig
                ? $"Failed to create '{path}' with allocation size '{request.Preallocation}' because the file was too large."
                : $"Failed to create '{path}' with allocation size '{request.Preallocation}' because the disk was full.");
        }
    }
}
