using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.Abstractions;

/// <content>What changes a directory. An <c>IFileSystem</c> checks less than POSIX demands, so the checks are here.</content>
internal sealed partial class AbstractedDirectory
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public override Errno Create(ReadOnlySpan<byte> name, in Creation creation, in InodeOpen request, out OpenFile? file)
    {
        file = null;
        Errno errno = Prepare(name, out string text);
        if (errno != Errno.Success)
        {
            return errno;
        }

        lock (Owner.Gate)
        {
            try
            {
                errno = VacantLocked(text, out string path);
                if (errno != Errno.Success)
                {
                    return errno;
                }

                Stream stream = Owner.OpenStreamLocked(path, System.IO.FileMode.CreateNew, FileAccess.ReadWrite, creation.Mode);
                AbstractedLeaf leaf = new(this, text, FileType.Regular);
                _nodes[text] = leaf;
                file = leaf.OpenOverLocked(new SharedStream(stream, Owner.SizeLimit), request);
                return Errno.Success;
            }
            catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno thrown))
            {
                return thrown;
            }
        }
    }

    public override Errno MakeDirectory(ReadOnlySpan<byte> name, in Creation creation)
    {
        Errno errno = Prepare(name, out string text);
        if (errno != Errno.Success)
        {
            return errno;
        }

        lock (Owner.Gate)
        {
            try
            {
                errno = VacantLocked(text, out string path);
                if (errno == Errno.Success)
                {
                    Owner.MakeDirectoryLocked(path, creation.Mode);
                }

                return errno;
            }
            catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno thrown))
            {
                return thrown;
            }
        }
    }

    public override Errno SymbolicLink(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content, in Creation creation)
    {
        Errno errno = Prepare(name, out string text);
        if (errno != Errno.Success)
        {
            return errno;
        }

        if (!Owner.AllowsLinks)
        {
            return Errno.Perm;
        }

        if (!System.Text.Unicode.Utf8.IsValid(content) || content.Contains((byte)0))
        {
            return Errno.Inval;
        }

        string target = StrictUtf8.GetString(content);
        lock (Owner.Gate)
        {
            try
            {
                errno = VacantLocked(text, out string path);
                if (errno == Errno.Success)
                {
                    Owner.Files.File.CreateSymbolicLink(path, target);
                }

                return errno;
            }
            catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno thrown))
            {
                return thrown == Errno.NotSup ? Errno.Perm : thrown;
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>No <c>IFileSystem</c> has hard links.</remarks>
    public override Errno Link(ReadOnlySpan<byte> name, Inode existing) =>
        Owner.IsReadOnly ? Errno.RoFs : ReferenceEquals(existing.FileSystem, FileSystem) ? Errno.Perm : Errno.XDev;

    public override Errno Unlink(ReadOnlySpan<byte> name) => Remove(name, isDirectory: false);

    public override Errno RemoveDirectory(ReadOnlySpan<byte> name) => Remove(name, isDirectory: true);

    /// <summary>What every change asks first.</summary>
    private Errno Prepare(ReadOnlySpan<byte> name, out string text)
    {
        Errno errno = Owner.Decode(name, out text);
        return errno != Errno.Success ? errno : Owner.IsReadOnly ? Errno.RoFs : Errno.Success;
    }

    /// <summary>The path of a new entry, if there is none yet.</summary>
    private Errno VacantLocked(string name, out string path)
    {
        path = string.Empty;
        Errno errno = LocateLocked(out string directory);
        if (errno != Errno.Success)
        {
            return errno;
        }

        path = Owner.Join(directory, name);
        if (Owner.KindLocked(path) is not null)
        {
            return Errno.Exist;
        }

        ForgetLocked(name);
        return Errno.Success;
    }

    private Errno Remove(ReadOnlySpan<byte> name, bool isDirectory)
    {
        Errno errno = Prepare(name, out string text);
        if (errno != Errno.Success)
        {
            return errno == Errno.Inval ? Errno.NoEnt : errno;
        }

        lock (Owner.Gate)
        {
            try
            {
                errno = LocateLocked(out string directory);
                return errno != Errno.Success ? errno : RemoveLocked(Owner.Join(directory, text), text, isDirectory);
            }
            catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno thrown))
            {
                return thrown;
            }
        }
    }

    private Errno RemoveLocked(string path, string name, bool isDirectory)
    {
        using OpenStreams streams = new(Owner);
        switch (Owner.KindLocked(path))
        {
            case null:
                return Errno.NoEnt;
            case FileType.Directory when !isDirectory:
                return Errno.IsDir;
            case FileType.Directory when Owner.Files.Directory.EnumerateFileSystemEntries(path).Any():
                return Errno.NotEmpty;
            case FileType.Directory:
                Owner.Files.Directory.Delete(path, recursive: false);
                break;
            case not null when isDirectory:
                return Errno.NotDir;
            default:
                streams.Goes(_nodes.GetValueOrDefault(name));
                Owner.Files.File.Delete(path);
                break;
        }

        ForgetLocked(name);
        return Errno.Success;
    }
}
