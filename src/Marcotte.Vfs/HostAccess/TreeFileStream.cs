using System.IO.Abstractions;

namespace Marcotte.Vfs.HostAccess;

/// <summary>An open file of a box for host code.</summary>
internal sealed class TreeFileStream(TreeStream stream, string path, bool isAsync) : FileSystemStream(stream, path, isAsync)
{
    /// <summary>The file itself.</summary>
    internal TreeStream Stream => stream;

    public override void Flush(bool flushToDisk)
    {
        stream.Flush();
        if (flushToDisk)
        {
            stream.Sync();
        }
    }
}
