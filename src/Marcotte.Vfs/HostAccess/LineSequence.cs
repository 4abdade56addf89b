using System.Collections;

namespace Marcotte.Vfs.HostAccess;

/// <summary>The lines of a file, read as they are asked for. The file is opened at once, and anew for each further time.</summary>
internal sealed class LineSequence(Func<StreamReader> open) : IEnumerable<string>
{
    private StreamReader? _first = open();

    public IEnumerator<string> GetEnumerator()
    {
        using StreamReader reader = Interlocked.Exchange(ref _first, null) ?? open();
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
