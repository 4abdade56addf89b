using System.Text;
using Marcotte.Core;

namespace Marcotte.Wasi;

/// <summary>A directory that is opened for a guest before it starts.</summary>
/// <param name="Path">Where it is in the box's tree of files.</param>
/// <param name="Name">What the guest knows it as.</param>
/// <param name="Rights">The most that it, and what is opened beneath it, may be used for.</param>
internal sealed record Preopen(string Path, string Name, Rights Rights)
{
    /// <summary>Opens it.</summary>
    /// <param name="process">For whom.</param>
    /// <returns>The open directory; the caller owns its one reference.</returns>
    /// <exception cref="InvalidOperationException">It cannot be opened.</exception>
    internal OpenFile Open(Process process)
    {
        PathReference reference = new(process, null, Encoding.UTF8.GetBytes(Path), PathFlags.Follow);
        Errno errno = process.Kernel.Files.Open(reference, new OpenRequest(OpenFlags.Directory, AccessModes.Read), out OpenFile? directory);
        return errno == Errno.Success ? directory! : throw new InvalidOperationException(
            $"The directory \"{Path}\" cannot be preopened: {errno.ToName()}. {Remedy(errno)}");
    }

    private string Remedy(Errno errno) => errno switch
    {
        Errno.NoSys => "The box has no file system; give it one with UseVfs, or do not name the directory in UseWasi.",
        Errno.NoEnt => $"Mount something at \"{Path}\" with UseVfs, or make the directory before the box starts.",
        Errno.NotDir => "Only a directory can be preopened; name the one that holds the file.",
        Errno.Access or Errno.Perm => "Give the box's user permission to read it.",
        _ => "Name in UseWasi a directory that the box can open.",
    };
}
