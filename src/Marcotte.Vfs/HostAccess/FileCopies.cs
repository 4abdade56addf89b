using System.Buffers;
using Marcotte.Core;

namespace Marcotte.Vfs.HostAccess;

/// <summary>Copies files: bytes, permission bits and times.</summary>
internal static class FileCopies
{
    private const int ChunkBytes = 128 * 1024;

    internal static void Copy(Tree tree, string source, string target, bool overwrite)
    {
        using TreeFileStream from = StreamOpener.OpenFull(tree, source, new StreamRequest(FileMode.Open, FileAccess.Read, FileShare.Read));
        OpenFile file = from.Stream.File;
        TreeErrors.Check(file.Operations.Stat(file, out FileStat stat), source);
        using (TreeFileStream to = OpenTarget(tree, target, overwrite, (UnixFileMode)(stat.Mode & 0x1FF)))
        {
            CopyBytes(from, to, target);
        }

        // Who may write a file need not own it: then its bits and times are its own.
        tree.SetMode(target, (UnixFileMode)(stat.Mode & 0x1FF));
        tree.SetTimes(target, new TimeUpdate(stat.AccessTime, stat.ModifyTime), follow: true);
    }

    private static TreeFileStream OpenTarget(Tree tree, string target, bool overwrite, UnixFileMode mode)
    {
        StreamRequest request = new(overwrite ? FileMode.Create : FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None) { CreateMode = mode };
        try
        {
            return StreamOpener.OpenFull(tree, target, request);
        }
        catch (IOException exception) when (exception.HResult == (int)Errno.Exist && tree.IsDirectory(target))
        {
            throw new IOException($"The target file '{target}' is a directory, not a file.");
        }
    }

    private static void CopyBytes(TreeFileStream from, TreeFileStream to, string target)
    {
        // Within one file system the bytes may not have to move at all.
        long copied = 0;
        Errno errno;
        while ((errno = from.Stream.File.Operations.CopyRange(from.Stream.File, copied, to.Stream.File, copied, 1L << 30, out long count)) == Errno.Success && count > 0)
        {
            copied += count;
        }

        if (errno == Errno.Success)
        {
            return;
        }

        if (errno is not (Errno.NotSup or Errno.XDev or Errno.NoSys or Errno.Inval))
        {
            throw TreeErrors.Of(errno, target);
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            int count;
            while ((count = from.Read(buffer, 0, buffer.Length)) > 0)
            {
                to.Write(buffer, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
