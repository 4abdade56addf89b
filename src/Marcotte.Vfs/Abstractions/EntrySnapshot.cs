using System.Text;
using Marcotte.Core;

namespace Marcotte.Vfs.Abstractions;

/// <summary>
/// The entries of an open directory. An <c>IFileSystem</c> has no cookies, so the names are noted when a listing starts at
/// the beginning, each with a cookie that it keeps for as long as the directory is open.
/// </summary>
internal sealed class EntrySnapshot : DirectoryListing
{
    /// <summary>Names that are gone and still noted, beyond which a listing that starts anew notes all afresh.</summary>
    private const int GoneLimit = 4096;

    private readonly AbstractedDirectory _directory;
    private readonly List<string> _names = [];
    private readonly HashSet<string> _noted = new(StringComparer.Ordinal);
    private bool _isNoted;

    internal EntrySnapshot(AbstractedDirectory directory) => _directory = directory;

    public override Errno Read(ulong cookie, out DirectoryEntry entry)
    {
        entry = default;
        lock (_directory.Owner.Gate)
        {
            try
            {
                if (cookie == 0 || !_isNoted)
                {
                    Errno errno = NoteLocked();
                    if (errno != Errno.Success)
                    {
                        // A directory that was removed while open has no entries any more.
                        return errno == Errno.NoEnt ? Errno.Success : errno;
                    }
                }

                entry = NextLocked(cookie);
                return Errno.Success;
            }
            catch (Exception exception) when (ExceptionErrnos.TryMap(exception, out Errno errno))
            {
                return errno == Errno.NoEnt ? Errno.Success : errno;
            }
        }
    }

    private DirectoryEntry NextLocked(ulong cookie)
    {
        for (ulong index = cookie; index < (ulong)_names.Count; index++)
        {
            string name = _names[(int)index];
            if (_directory.FindLocked(name) is { } node)
            {
                return new DirectoryEntry(Encoding.UTF8.GetBytes(name), node.Number, node.Type, index + 1);
            }
        }

        return default;
    }

    private Errno NoteLocked()
    {
        List<string> present = [];
        Errno errno = _directory.ListLocked(present);
        if (errno != Errno.Success)
        {
            return errno;
        }

        _isNoted = true;
        if (_names.Count > present.Count + GoneLimit)
        {
            _names.Clear();
            _noted.Clear();
        }

        foreach (string name in present)
        {
            if (_noted.Add(name))
            {
                _names.Add(name);
            }
        }

        return Errno.Success;
    }
}
