using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.Abstractions;

/// <summary>What is no directory: a file, whose open files share one stream, or a link.</summary>
internal sealed class AbstractedLeaf(AbstractedDirectory parent, string name, FileType type)
    : AbstractedInode(parent.Owner, parent, name, type)
{
    /// <summary>The stream while it is open. Changes under the gate.</summary>
    internal SharedStream? Stream { get; set; }

    public override Errno ReadLink(Span<byte> buffer, out int count)
    {
        count = 0;
        if (Type != FileType.SymbolicLink)
        {
            return Errno.Inval;
        }

        lock (Owner.Gate)
        {
            try
            {
                Errno errno = LocateLocked(out string path);
                if (errno != Errno.Success)
                {
                    return errno;
                }

                byte[] content = ReadLinkLocked(path);
                count = Math.Min(content.Length, buffer.Length);
                content.AsSpan(0, count).CopyTo(buffer);
                return Errno.Success;
            }
            catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno errno))
            {
                return errno;
            }
        }
    }

    public override Errno Open(in InodeOpen request, out OpenFile? file)
    {
        file = null;
        if (Type != FileType.Regular)
        {
            return Errno.NxIO;
        }

        bool writes = request.Truncate || (request.Access & AccessModes.Write) != 0;
        if (writes && Owner.IsReadOnly)
        {
            return Errno.RoFs;
        }

        lock (Owner.Gate)
        {
            try
            {
                Errno errno = LocateLocked(out string path);
                if (errno == Errno.Success)
                {
                    errno = OpenLocked(path, writes, request, out file);
                }

                return errno;
            }
            catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno errno))
            {
                return errno;
            }
        }
    }

    /// <summary>One more open file over a stream of this file's own.</summary>
    internal OpenFile OpenOverLocked(SharedStream stream, in InodeOpen request)
    {
        Stream = stream.Acquire();
        return new OpenFile(new AbstractedFile(this, stream), request.Access, request.Status);
    }

    private protected override Errno StatLocked(string path, out FileStat stat)
    {
        Errno errno = base.StatLocked(path, out stat);
        if (Type == FileType.SymbolicLink)
        {
            stat.Size = ReadLinkLocked(path).Length;
        }
        else if (Stream?.Length is { } length)
        {
            stat.Size = length;
        }

        return errno;
    }

    private Errno OpenLocked(string path, bool writes, in InodeOpen request, out OpenFile? file)
    {
        file = null;
        SharedStream? stream = Stream;
        if (stream is null || (writes && !stream.CanWrite))
        {
            Errno opened = OpenStreamLocked(path, writes, out stream);
            if (opened != Errno.Success)
            {
                return opened;
            }
        }

        if (request.Truncate)
        {
            Errno errno = stream!.SetLength(0);
            if (errno != Errno.Success)
            {
                return errno;
            }
        }

        file = OpenOverLocked(stream!, request);
        return Errno.Success;
    }

    /// <summary>
    /// Opens the stream that all open files will share: to write as well whenever that is possible, for an
    /// <c>IFileSystem</c>'s streams need not see what others of the same file write.
    /// </summary>
    private Errno OpenStreamLocked(string path, bool writes, out SharedStream? shared)
    {
        shared = null;
        Stream stream;
        try
        {
            FileAccess access = Owner.IsReadOnly ? FileAccess.Read : FileAccess.ReadWrite;
            stream = Owner.OpenStreamLocked(path, System.IO.FileMode.Open, access, 0);
        }
        catch (Exception exception) when (!writes && exception is (UnauthorizedAccessException or IOException))
        {
            stream = Owner.OpenStreamLocked(path, System.IO.FileMode.Open, FileAccess.Read, 0);
        }

        // Whoever changed the way to it meanwhile must have gone back by now to go unseen.
        Errno errno = LocateLocked(out _);
        if (errno != Errno.Success)
        {
            stream.Dispose();
            return errno;
        }

        shared = new SharedStream(stream, Owner.SizeLimit);
        return Errno.Success;
    }

    private byte[] ReadLinkLocked(string path)
    {
        string target = Owner.Files.FileInfo.New(path).LinkTarget ?? throw new FileNotFoundException();

        // A link of Windows's says \ for what the box's walker knows as /.
        return Encoding.UTF8.GetBytes(Owner.IsWindowsStyle ? target.Replace('\\', '/') : target);
    }
}
