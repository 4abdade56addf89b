using System.Text;

namespace Marcotte.Cli;

/// <summary>The file of <c>--audit</c>. What cannot be written to it ends the program: there is no call that it does not know of.</summary>
internal static class AuditFile
{
    /// <exception cref="HostMistakeException">It cannot be written.</exception>
    internal static StreamWriter Open(string path)
    {
        try
        {
            FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            return new StreamWriter(file, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new HostMistakeException($"--audit '{path}' cannot be written: {Complaint.Of(exception)}");
        }
    }
}
