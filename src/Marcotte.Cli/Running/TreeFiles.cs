using System.IO.Compression;
using Marcotte.Vfs;

namespace Marcotte.Cli;

/// <summary>The files of <c>--export</c>.</summary>
internal static class TreeFiles
{
    /// <summary>Makes sure, before anything runs, that they can be made.</summary>
    /// <exception cref="HostMistakeException">One cannot.</exception>
    internal static void Check(RunRequest request)
    {
        foreach (TreeExport export in request.Exports)
        {
            string directory = Path.GetDirectoryName(Path.GetFullPath(export.File)) ?? export.File;
            if (Directory.Exists(export.File) || !Directory.Exists(directory))
            {
                throw new HostMistakeException($"--export '{export.File}' cannot be written: {(Directory.Exists(export.File) ? "it is a directory" : $"there is no directory '{directory}'")}; name a file");
            }
        }
    }

    /// <summary>Writes them.</summary>
    /// <exception cref="HostMistakeException">One cannot be written.</exception>
    internal static void Write(Box box, RunRequest request)
    {
        foreach (TreeExport export in request.Exports)
        {
            if (!box.Files.Directory.Exists(export.GuestPath))
            {
                throw new HostMistakeException($"--export {export.GuestPath} is no directory at the end of the run; '{export.File}' is not written");
            }

            try
            {
                using FileStream file = File.Create(export.File);
                using Stream destination = export.IsCompressed ? new GZipStream(file, CompressionLevel.Optimal) : file;
                TreeArchive.ExportDirectoryAsync(box.Files, export.GuestPath, destination).GetAwaiter().GetResult();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new HostMistakeException($"--export {export.GuestPath} cannot be written to '{export.File}': {Complaint.Of(exception)}");
            }
        }
    }
}
