using System.Text;
using Marcotte.Core;

namespace Marcotte.Model.Tests;

/// <summary>A whole tree, by the same calls on every side.</summary>
internal static class TreeText
{
    private const int MostBytes = 100_000;

    /// <summary>Every name with all that is compared of it, user 0 looking.</summary>
    internal static string Of(Side side)
    {
        StringBuilder text = new();
        Add(side, "/", text);
        return text.ToString();
    }

    /// <summary>Removes all there is beneath the root, and tells what would not go.</summary>
    internal static Errno Clear(Side side, string path = "/")
    {
        Errno outcome = Errno.Success;
        foreach ((string name, bool isDirectory) in Names(side.List(new Place(-1, path))))
        {
            Place place = new(-1, path + name);
            Errno errno = isDirectory ? Clear(side, place.Path + "/") : Errno.Success;
            errno = errno != Errno.Success ? errno : isDirectory ? side.RemoveDirectory(place).Errno : side.Unlink(place).Errno;
            outcome = errno == Errno.Success ? outcome : errno;
        }

        return outcome;
    }

    internal static IEnumerable<(string Name, bool IsDirectory)> Names(Answer listing)
    {
        foreach (string entry in listing.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = entry.LastIndexOf(':');
            string name = entry[..colon];
            if (name is not ("." or ".."))
            {
                yield return (name, entry.EndsWith(":Directory", StringComparison.Ordinal));
            }
        }
    }

    private static void Add(Side side, string path, StringBuilder text)
    {
        Answer listing = side.List(new Place(-1, path));
        text.Append(path).Append(" is ").Append(side.Stat(new Place(-1, path), follow: false)).Append(" and has ").Append(listing).Append('\n');
        foreach ((string name, bool isDirectory) in Names(listing))
        {
            if (isDirectory)
            {
                Add(side, path + name + "/", text);
                continue;
            }

            Place place = new(-1, path + name);
            Answer stat = side.Stat(place, follow: false);
            text.Append(place.Path).Append(" is ").Append(stat).Append(' ');
            if (stat.Text.StartsWith("SymbolicLink", StringComparison.Ordinal))
            {
                text.Append("to ").Append(side.ReadLink(place, 5000)).Append('\n');
                continue;
            }

            text.Append("with ").Append(side.Open(0, place, OpenFlags.None, AccessModes.Read, StatusFlags.None, false, 0).Errno.ToName())
                .Append(' ').Append(side.Read(0, MostBytes)).Append('\n');
            side.Close(0);
        }
    }
}
