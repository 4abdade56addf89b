using System.Text;

namespace Marcotte.Vfs.HostAccess;

/// <content>Whole files of text.</content>
internal sealed partial class TreeFile
{
    /// <summary>What text is written as when nothing is said: without a byte order mark.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public void AppendAllLines(string path, IEnumerable<string> contents) => AppendAllLines(path, contents, Utf8);

    public void AppendAllLines(string path, IEnumerable<string> contents, Encoding encoding) => WriteLines(path, FileMode.Append, contents, encoding);

    public void AppendAllText(string path, string? contents) => AppendAllText(path, contents, Utf8);

    public void AppendAllText(string path, string? contents, Encoding encoding) => WriteText(path, FileMode.Append, contents, encoding);

    public void AppendAllText(string path, ReadOnlySpan<char> contents) => AppendAllText(path, contents, Utf8);

    public void AppendAllText(string path, ReadOnlySpan<char> contents, Encoding encoding) => WriteText(path, FileMode.Append, contents, encoding);

    public StreamWriter AppendText(string path) => Writer(path, FileMode.Append, Utf8);

    public StreamWriter CreateText(string path) => Writer(path, FileMode.Create, Utf8);

    public StreamReader OpenText(string path) => Reader(path, Encoding.UTF8);

    public string[] ReadAllLines(string path) => ReadAllLines(path, Encoding.UTF8);

    public string[] ReadAllLines(string path, Encoding encoding) => [.. ReadLines(path, encoding)];

    public string ReadAllText(string path) => ReadAllText(path, Encoding.UTF8);

    public string ReadAllText(string path, Encoding encoding)
    {
        using StreamReader reader = Reader(path, encoding);
        return reader.ReadToEnd();
    }

    public IEnumerable<string> ReadLines(string path) => ReadLines(path, Encoding.UTF8);

    public IEnumerable<string> ReadLines(string path, Encoding encoding) => new LineSequence(() => Reader(path, encoding));

    public void WriteAllLines(string path, string[] contents) => WriteAllLines(path, (IEnumerable<string>)contents);

    public void WriteAllLines(string path, IEnumerable<string> contents) => WriteAllLines(path, contents, Utf8);

    public void WriteAllLines(string path, string[] contents, Encoding encoding) => WriteAllLines(path, (IEnumerable<string>)contents, encoding);

    public void WriteAllLines(string path, IEnumerable<string> contents, Encoding encoding) => WriteLines(path, FileMode.Create, contents, encoding);

    public void WriteAllText(string path, string? contents) => WriteAllText(path, contents, Utf8);

    public void WriteAllText(string path, string? contents, Encoding encoding) => WriteText(path, FileMode.Create, contents, encoding);

    public void WriteAllText(string path, ReadOnlySpan<char> contents) => WriteAllText(path, contents, Utf8);

    public void WriteAllText(string path, ReadOnlySpan<char> contents, Encoding encoding) => WriteText(path, FileMode.Create, contents, encoding);

    private static void CheckText(string path, Encoding encoding)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(encoding);
    }

    private StreamReader Reader(string path, Encoding encoding)
    {
        CheckText(path, encoding);
        return new StreamReader(OpenRead(path), encoding, detectEncodingFromByteOrderMarks: true);
    }

    private StreamWriter Writer(string path, FileMode mode, Encoding encoding)
    {
        CheckText(path, encoding);
        Stream stream = StreamOpener.Open(Tree, path, new StreamRequest(mode, FileAccess.Write, FileShare.Read));

        // Lines end as Unix ends them, on any host.
        return new StreamWriter(stream, encoding) { NewLine = "\n" };
    }

    private void WriteText(string path, FileMode mode, ReadOnlySpan<char> contents, Encoding encoding)
    {
        using StreamWriter writer = Writer(path, mode, encoding);
        writer.Write(contents);
    }

    private void WriteLines(string path, FileMode mode, IEnumerable<string> contents, Encoding encoding)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(contents);
        using StreamWriter writer = Writer(path, mode, encoding);
        foreach (string line in contents)
        {
            writer.WriteLine(line);
        }
    }
}
